import { expect, test } from 'vitest';
import { Steps } from '../../src/core/deploy/steps.ts';
import { tallyVerb } from '../../src/oci/deploy/tally.ts';
import { scene } from '../support/deploys.ts';

/** What clients saw of a deploy that was taken back, in words. */

const step = new Steps(scene).tally();
const told = (requests: number, errors: number, until: number | undefined) =>
  tallyVerb({ now: () => 600_000, count: async () => ({ requests, errors, until }) }).observe(
    step,
    undefined,
    {
      before: { ...step.target, compartment: { ocid: '', path: 'store' }, tags: {} },
      signal: new AbortController().signal,
      elapsed: 90_000,
      results: new Map([['deploy.check', { at: 0 }]]),
    },
  );

test.each([
  [2_288, 16, 600_000, '32 of 4,576 requests were answered with 5xx'],
  [2_288, 0, 0, '0 of 4,576 requests were answered with 5xx as far as Monitoring knows by now'],
  [0, 0, undefined, 'Monitoring has no data yet'],
])(
  'of two sets with %i requests and %i errors, known until %s: %s',
  async (requests, errors, until, note) => {
    expect(await told(requests, errors, until)).toEqual({ state: 'done', note });
  },
);
