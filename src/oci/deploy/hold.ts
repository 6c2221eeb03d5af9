import { z } from 'zod';
import type { Gate } from '../../core/deploy/app.ts';
import { type Finding, type GateMemo, judge, leastLooks } from '../../core/deploy/gates.ts';
import { showDuration } from '../../core/duration.ts';
import { CloudError } from '../../core/fault.ts';
import { jsonOf } from '../../core/json.ts';
import type { Step } from '../../core/plan.ts';
import type { ObserveContext, Verb } from '../../core/verb.ts';
import type { BalancersByKind } from './balancers.ts';
import { carried } from './reading.ts';
import { ipIn } from './served.ts';

/** Between looks, at most, in ms. */
const look = 5_000;

const shape = z.object({
  ms: z.number(),
  /** As the plan was made of them: nothing else writes plans. */
  gates: z.array(z.custom<Gate>((value) => typeof value === 'object' && value !== null && 'type' in value)),
  made: z.array(z.string()),
  places: z.array(
    z.object({
      kind: z.enum(['load-balancer', 'network-load-balancer']),
      balancer: z.string(),
      set: z.string(),
      port: z.number(),
    }),
  ),
});

export interface GateGround {
  readonly balancers: BalancersByKind;
  /** The latest value of a query, or undefined where there is no data. Rejects with a CloudError. */
  readonly measure: (at: {
    readonly region: string;
    readonly compartment: string;
    readonly namespace: string;
    readonly query: string;
  }) => Promise<number | undefined>;
  /** The status that a URL answers with. Rejects when none comes. */
  readonly probe: (url: string, timeout: number) => Promise<number>;
}

/**
 * Holds for a time while gates are watched, and asks a person where they do not tell. What was found is remembered, so
 * that a restart does not forgive what failed before.
 */
export function holdVerb(ground: GateGround): Verb {
  return {
    label: 'Hold',
    permission: 'METRIC_READ',
    waits: true,
    act: async () => ({}),
    observe: async (step, _receipt, context) => {
      const { ms, gates, made, places } = carried(shape, step);
      const { elapsed, words = [], results } = context;
      const memos = memosOf(context.memo, gates);
      const instances = made.flatMap((maker) => {
        const ip = ipIn(results?.get(maker));
        return ip === undefined ? [] : [{ name: maker.slice(maker.indexOf(' ') + 1), ip }];
      });
      const looked = await Promise.all(
        gates.map(async (gate, at) => {
          const memo = memos[at] ?? {};
          if (gate.type === 'person' || !isDue(gate, memo, elapsed)) return memo;
          const found = await findingOf(ground, gate, step, { places, instances });
          return judge(gate, memo, found, elapsed);
        }),
      );
      return outcome(gates, looked, { ms, elapsed, words });
    },
  };
}

function outcome(
  gates: readonly Gate[],
  memos: readonly GateMemo[],
  { ms, elapsed, words }: { readonly ms: number } & Pick<ObserveContext, 'elapsed' | 'words'>,
) {
  const memo = jsonOf(memos);
  const deciding = gates.flatMap((gate, at) => (gate.observeOnly ? [] : [{ gate, memo: memos[at] ?? {} }]));
  const isEnough = deciding.every(({ gate, memo: { looks = 0 } }) => looks >= leastLooks(gate, ms));
  const failed = deciding.find((each) => each.memo.verdict === 'failed');
  if (failed) return { state: 'failed', because: `Gate ${failed.gate.name}: ${failed.memo.said}` } as const;
  const [word] = words ?? [];
  const seen = gates.flatMap(({ name }, at) => (memos[at]?.said ? [`${name}: ${memos[at]?.said}`] : []));
  const note = seen.join('; ');
  if (word)
    return { state: 'done', note: [`promoted by @${word.by}`, note].filter(Boolean).join('; ') } as const;
  const unclear = deciding.filter(({ gate, memo }) => gate.type !== 'person' && memo.verdict !== 'passed');
  const people = deciding.filter(({ gate }) => gate.type === 'person');
  const isOver = elapsed >= ms && isEnough;
  if (isOver && unclear.length === 0 && people.length === 0) return { state: 'done', note } as const;
  const asks = questionOf(
    people,
    isOver ? unclear : unclear.filter(({ memo }) => memo.verdict === 'unclear' && !memo.isForgiven),
  );
  const next = Math.min(
    look,
    ...(isOver ? [] : [ms - elapsed]),
    ...gates.map((gate, at) => dueIn(gate, memos[at] ?? {}, elapsed)),
  );
  return {
    state: 'running',
    note: [isOver ? `${showDuration(ms)} are over` : `${showDuration(elapsed)} of ${showDuration(ms)}`, note]
      .filter(Boolean)
      .join('; '),
    again: Math.max(250, next),
    memo,
    ...(asks ? { asks } : {}),
  } as const;
}

interface Watched {
  readonly gate: Gate;
  readonly memo: GateMemo;
}

function questionOf(people: readonly Watched[], unclear: readonly Watched[]): string | undefined {
  const reasons = unclear.map(({ gate, memo }) => `${gate.name}: ${memo.said ?? 'not looked at yet'}`);
  const doubts = `It cannot be told whether it is well (${reasons.join('; ')}).`;
  if (people.length > 0)
    return [
      `Gate ${people.map(({ gate }) => gate.name).join(' and ')}: shall it go on?`,
      ...(reasons.length > 0 ? [doubts] : []),
    ].join(' ');
  return reasons.length > 0 ? `${doubts} Shall it go on?` : undefined;
}

/** What gates look at. */
interface Seen {
  readonly places: z.infer<typeof shape>['places'];
  /** Those that were made so far. */
  readonly instances: readonly { readonly name: string; readonly ip: string }[];
}

async function findingOf(
  { balancers, measure, probe }: GateGround,
  gate: Exclude<Gate, { type: 'person' }>,
  { target: { region, compartment } }: Step,
  { places, instances }: Seen,
): Promise<Finding> {
  try {
    switch (gate.type) {
      case 'metric':
        return {
          type: 'value',
          value: await measure({ region, compartment, namespace: gate.namespace, query: gate.query }),
        };
      case 'http': {
        const asked = gate.url.includes('{ip}')
          ? instances.map(({ name, ip }) => ({ url: gate.url.replaceAll('{ip}', ip), of: name }))
          : [{ url: gate.url }];
        const answers = asked.map(async (each) => ({ ...each, status: await probe(each.url, gate.timeout) }));
        return { type: 'status', answers: await Promise.all(answers) };
      }
      case 'health': {
        const unwell = await Promise.all(
          places.map(async ({ kind, balancer: ocid, set, port }) => {
            const [unwell, { sets }] = await Promise.all([
              balancers[kind].unwell({ region, ocid, set }),
              balancers[kind].get(region, ocid),
            ]);
            const there = sets[set]?.backends.map(({ name }) => name) ?? [];
            const own = instances.map(({ name, ip }) => ({ name, backend: `${ip}:${port}` }));
            // what somebody has taken out is not well either
            return own
              .filter(({ backend }) => unwell.includes(backend) || !there.includes(backend))
              .map(({ name, backend }) => `${name} (${backend})`);
          }),
        );
        return { type: 'unwell', names: [...new Set(unwell.flat())] };
      }
    }
  } catch (error) {
    if (error instanceof CloudError) return { type: 'none', because: error.message };
    throw error;
  }
}

function memosOf(memo: ObserveContext['memo'], gates: readonly Gate[]): readonly GateMemo[] {
  const kept: readonly unknown[] = Array.isArray(memo) ? memo : [];
  return gates.map((_, at) => {
    const each = kept[at];
    return typeof each === 'object' && each !== null ? each : {};
  });
}

function isDue(gate: Gate, memo: GateMemo, elapsed: number): boolean {
  return dueIn(gate, memo, elapsed) <= 0;
}

function dueIn({ delay, every }: Gate, { at }: GateMemo, elapsed: number): number {
  return (at === undefined ? delay : at + every) - elapsed;
}
