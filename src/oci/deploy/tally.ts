import { z } from 'zod';
import { CloudError } from '../../core/fault.ts';
import type { Step } from '../../core/plan.ts';
import type { Results, Verb } from '../../core/verb.ts';
import { carried } from './reading.ts';

/** Monitoring is a minute behind, and longer; nobody waits for it for longer than this, in ms. */
const patience = 90_000;
const look = 5_000;

const shape = z.object({
  places: z.array(z.object({ balancer: z.string(), set: z.string() })),
  /** The step whose end is the beginning of what is counted. */
  since: z.string(),
});

/** Sums of what load balancers answered from one moment to another, and until when Monitoring knows. */
export interface Counted {
  readonly requests: number;
  readonly errors: number;
  /** Of the newest point, in ms; undefined where there is none. */
  readonly until: number | undefined;
}

export interface TallyGround {
  readonly now: () => number;
  /** Rejects with a CloudError. */
  readonly count: (at: {
    readonly region: string;
    readonly compartment: string;
    readonly balancer: string;
    readonly set: string;
    readonly from: number;
    readonly to: number;
  }) => Promise<Counted>;
}

/** What clients saw while a deploy went there and back: never a reason to fail. */
export function tallyVerb({ now, count }: TallyGround): Verb {
  return {
    label: 'Count',
    permission: 'METRIC_READ',
    waits: true,
    act: async () => ({}),
    observe: async (step, _receipt, { elapsed, results }) => {
      const { places } = carried(shape, step);
      const from = sinceOf(step, results);
      if (from === undefined) return { state: 'done', note: 'it is not known since when' };
      const to = now();
      try {
        const { region, compartment } = step.target;
        const counted = await Promise.all(
          places.map((place) => count({ region, compartment, ...place, from, to })),
        );
        const isWhole = counted.every(({ until = 0 }) => until >= to - elapsed);
        if (!isWhole && elapsed < patience)
          return { state: 'running', note: 'Monitoring is a minute behind', again: look };
        return { state: 'done', note: shown(counted, isWhole) };
      } catch (error) {
        if (!(error instanceof CloudError)) throw error;
        return { state: 'done', note: `Monitoring could not be asked: ${error.message}` };
      }
    },
  };
}

function shown(counted: readonly Counted[], isWhole: boolean): string {
  const sum = (of: (each: Counted) => number) => counted.reduce((all, each) => all + of(each), 0);
  const [requests, errors] = [sum((each) => each.requests), sum((each) => each.errors)];
  if (counted.every(({ until }) => until === undefined)) return 'Monitoring has no data yet';
  const so = isWhole ? '' : ' as far as Monitoring knows by now';
  return `${grouped(errors)} of ${grouped(requests)} requests were answered with 5xx${so}`;
}

/** `4,576`. */
function grouped(count: number): string {
  return new Intl.NumberFormat('en-GB').format(count);
}

function sinceOf(step: Step, results: Results | undefined): number | undefined {
  const { since } = carried(shape, step);
  const result = results?.get(since);
  const at = typeof result === 'object' && result !== null && 'at' in result ? result.at : undefined;
  return typeof at === 'number' ? at : undefined;
}
