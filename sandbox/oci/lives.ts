import { killedAfter } from './container-checks.ts';
import { imageIn } from './images.ts';
import type { Container, ContainerInstance } from './resources/resources.ts';

type Policy = ContainerInstance['restartPolicy'];

/** The signal that nothing survives, and what a shell makes of it. */
const KILLED = 137;
const SEGMENTATION_FAULT = 139;
const FIRST_PAUSE = 5_000;
const LONGEST_PAUSE = 300_000;
/** A run of this length makes up for the crashes before it. */
const LONG_RUN = 600_000;
const RUNS_KEPT = 20;

/**
 * What comes of a container's process by itself, as phases of the container: called when it has begun or
 * ended. `exit` is the code of an end that nobody asked for.
 */
export function goOn(container: Container, at: number, policy: Policy, exit?: number): void {
  const last = container.runs.at(-1);
  if (last && last.to === undefined) {
    last.to = at;
    if (exit !== undefined) last.exitCode = exit;
  }
  if (container.lifecycleState === 'ACTIVE') begin(container, at);
  else if (exit !== undefined && isStartedAgain(policy, exit))
    container.phases.push({
      at: at + pauseAfter(container),
      state: 'ACTIVE',
      patch: { restarts: container.restarts + 1 },
    });
}

/** Where the process of one that has been up for long, as the seed has them, goes on from. */
export function goOnFrom(container: Container, at: number): void {
  if (container.lifecycleState === 'ACTIVE' && endOf(container)) begin(container, at);
}

function begin(container: Container, at: number): void {
  const run = container.runs.at(-1);
  if (!run || run.to !== undefined) container.runs = [...container.runs.slice(1 - RUNS_KEPT), { from: at }];
  const end = endOf(container);
  if (end) container.phases.push({ at: at + end.after, state: 'INACTIVE', exit: end.code });
}

/** The first of the things that end it. */
function endOf(container: Container): { readonly after: number; readonly code: number } | undefined {
  const { exits, crashesAfter } = imageIn(container);
  const killed = killedAfter(container);
  const ends = [
    exits,
    crashesAfter === undefined ? undefined : { after: crashesAfter, code: SEGMENTATION_FAULT },
    killed === undefined ? undefined : { after: killed, code: KILLED },
  ].filter((end) => end !== undefined);
  return ends.sort((a, b) => a.after - b.after)[0];
}

function isStartedAgain(policy: Policy, code: number): boolean {
  return policy === 'ALWAYS' || (policy === 'ON_FAILURE' && code !== 0);
}

/** Longer each time that it ends soon. */
function pauseAfter({ runs }: Container): number {
  const lasting = runs.findLastIndex(({ from, to }) => (to ?? from) - from >= LONG_RUN);
  const short = runs.length - 1 - lasting;
  return Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.max(0, short - 1));
}
