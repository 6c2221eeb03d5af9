/** The process that decides again and again. Prints what it took as JSON. */
import { decide } from '../src/core/schedule/deciding/decide.ts';
import type { Deciding } from './decide.ts';
import { median } from './measure.ts';
import { now, town } from './town.ts';

const minute = 60_000;
const year = 365 * 24 * 60 * minute;
const rounds = 11;
const decides = 10_000;
/** So many resources in the long run: it is the number of decides that would show what is kept. */
const few = 100;

function timed(work: () => void): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

const situation = town();
const first = timed(() => decide(situation));
const again = Array.from({ length: rounds }, (_, at) =>
  timed(() => decide({ ...situation, now: now + at * minute })),
);
let transitions = 0;
const ahead = Array.from({ length: 5 }, () => {
  const { policies } = town();
  // what came before is not collected at its expense
  global.gc?.();
  transitions = 0;
  return timed(() => {
    for (const { timetable } of policies) transitions += timetable.edges(now, now + year).length;
  });
});

const small = { ...situation, targets: situation.targets.slice(0, few) };
const run = (count: number) => {
  for (let at = 0; at < count; at++) decide(small);
};
const heap = () => {
  global.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
};
run(500);
const before = heap();
run(decides);
const answer: Deciding = {
  decide: median(again),
  first,
  year: median(ahead),
  transitions,
  heap: [before, heap()],
};
process.stdout.write(JSON.stringify(answer));
