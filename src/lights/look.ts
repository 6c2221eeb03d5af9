import { conditionOf } from '../core/lifecycle.ts';
import { decide } from '../core/schedule/deciding/decide.ts';
import type { Situation } from '../core/schedule/deciding/situation.ts';
import type { Decision, Memory } from '../core/schedule/model.ts';
import type { Prices } from '../core/schedule/worth/worth.ts';
import { everything } from '../core/selector.ts';
import type { Remembered } from '../engine/schedules/memories.ts';
import type { Page } from '../engine/schedules/pages.ts';
import type { Sample } from '../engine/schedules/samples.ts';
import { pricesFor, worthOf } from './accounts.ts';
import { type Followed, follow } from './follow.ts';
import { type Ground, type LookOutcome, policiesByName } from './ground.ts';
import { notice, noticeLate } from './notices.ts';
import { publish, sheetsIn } from './pages.ts';
import { longest as recent, type Scene } from './sheet.ts';
import { sheetsAfter } from './sheets.ts';
import { byOcid, runningKeeps, type Sight, sightOf } from './sight.ts';
import { unseenEdges } from './unseen.ts';
import { warn } from './warn.ts';

const minute = 60_000;
/** Between looks at everything, for what nobody announces: what people do in the console, and new tags. */
const survey = 10 * minute;
/** Until what stands between two states, or in a region that is away, is looked at again. */
const soon = minute / 2;
/** Until the next look where another process was quicker. */
const overtaken = 1_000;

/**
 * One look at everything: what is due is begun, what was seen is remembered, and channels are told. Answers
 * when to look next, in clock ms. Rejects when the store or all of OCI is away; then nothing is lost.
 */
export async function look(
  ground: Ground,
): Promise<{ readonly outcome: LookOutcome; readonly next: number }> {
  // what is remembered is read first: what another process does while this one looks at OCI is then seen as news
  const remembered = await ground.ledger.allMemories();
  const sight = await sightOf(ground, await ground.cloud.find(everything), remembered);
  const { situation } = sight;
  const decisions = decide(situation);
  const prices = await pricesFor(ground);
  const followed = await follow(ground, decisions, sight, prices);
  // another process knows better what there is to tell
  if (followed.overtaken) return lookAgain(ground);
  await record(ground, decisions, situation);
  const pages = await ground.ledger.pages(situation.now - recent);
  const told = await tell(ground, { decisions, sight, followed, pages, prices, remembered });
  return told ? { outcome: 'done', next: nextLook(ground, decisions, sight, followed) } : lookAgain(ground);
}

function lookAgain({ clock }: Ground): { readonly outcome: LookOutcome; readonly next: number } {
  return { outcome: 'overtaken', next: clock.now() + overtaken };
}

interface Looked {
  readonly decisions: readonly Decision[];
  readonly sight: Sight;
  readonly followed: Followed;
  readonly pages: readonly Page[];
  readonly prices: Prices | undefined;
  /** Of every resource, seen or not. */
  readonly remembered: ReadonlyMap<string, Remembered>;
}

async function tell(ground: Ground, looked: Looked): Promise<boolean> {
  const { decisions, sight, pages, prices } = looked;
  const scene = await sceneOf(ground, looked);
  const told = await publish(ground, sheetsAfter(sheetsIn(pages), decisions, scene), pages, prices);
  await noticeLate(ground, decisions, scene);
  await warn(ground, decisions, sight.situation, pages);
  await notice(ground, decisions, sight.situation.targets);
  return told;
}

async function sceneOf(ground: Ground, { sight, followed, prices, remembered }: Looked): Promise<Scene> {
  const { situation, missing } = sight;
  const ids = [...followed.memories.values()].flatMap((memory) => openOperation(memory) ?? []);
  const operations = await ground.ledger.operations(ids);
  return {
    now: situation.now,
    targets: byOcid(situation.targets),
    memories: followed.memories,
    keeps: runningKeeps(situation),
    operations: new Map([...operations, ...followed.operations]),
    policies: policiesByName(ground),
    denied: followed.denied,
    worth: (target, decision) => worthOf(target, decision, prices),
    missing,
    unseen: unseenEdges(
      [...remembered.values()].map(({ memory }) => memory),
      sight,
    ),
  };
}

/** Of what is done nobody asks how it went. */
function openOperation({ outcome, operation }: Memory): string | undefined {
  return outcome === 'done' ? undefined : operation;
}

/** What ran, for the chart; and what is up again is no longer dark. */
async function record(
  ground: Ground,
  decisions: readonly Decision[],
  { now, targets }: Situation,
): Promise<void> {
  const { ledger } = ground;
  await ledger.seen(targets.map(({ ocid }) => ocid));
  const up = new Set(decisions.flatMap(({ ocid, saw }) => (saw.level === 'up' ? [ocid] : [])));
  const lit = (await ledger.openDarks()).filter(({ ocid, since }) => up.has(ocid) && since < now);
  await ledger.lighten(
    lit.map(({ ocid }) => ocid),
    now,
  );
  await ledger.sample(await newSamples(ground, decisions, { now, targets }));
}

/** One for each policy whenever something changed, and every hour. */
async function newSamples(
  ground: Ground,
  decisions: readonly Decision[],
  { now, targets }: Pick<Situation, 'now' | 'targets'>,
): Promise<readonly Sample[]> {
  const known = byOcid(targets);
  const counts = new Map<string, { up: number; total: number }>();
  for (const { policy, ocid } of decisions) {
    const target = known.get(ocid);
    const count = counts.get(policy) ?? { up: 0, total: 0 };
    counts.set(policy, count);
    count.total += 1;
    // what is starting or stopping is being paid for
    if (target && conditionOf(target) !== 'down') count.up += 1;
  }
  const last = new Map(
    (await ground.ledger.samples([...counts.keys()], now)).map((each) => [each.policy, each]),
  );
  return [...counts].flatMap(([policy, count]) => {
    const before = last.get(policy);
    const same = before && before.up === count.up && before.total === count.total;
    return same && now - before.at < 60 * minute ? [] : [{ policy, at: now, ...count }];
  });
}

/** The next moment at which something may have to be done. */
function nextLook(ground: Ground, decisions: readonly Decision[], sight: Sight, followed: Followed): number {
  const { now, keeps, pauses } = sight.situation;
  const policies = policiesByName(ground);
  const stuck = decisions.some(
    ({ ocid, waits }) => waits && followed.memories.get(ocid)?.outcome !== 'pending',
  );
  const moments = [
    now + survey,
    ...(sight.missing.length > 0 || stuck ? [now + soon] : []),
    ...decisions.flatMap(({ next, policy }) =>
      next ? [next.at, next.at - (policies.get(policy)?.warning ?? 0)] : [],
    ),
    ...[...followed.memories.values()].flatMap(({ retryAt }) => retryAt ?? []),
    ...[...keeps, ...pauses].map(({ until }) => until),
  ];
  return Math.min(...moments.filter((moment) => moment > now));
}
