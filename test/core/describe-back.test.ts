import { expect, test } from 'vitest';
import { endOfWayBack } from '../../src/core/describe-back.ts';
import type { Operation } from '../../src/core/operation.ts';
import { plainText } from '../../src/core/report.ts';
import { deployed, deployOperations, upTo } from '../support/deploys.ts';

const { undone, aborted, leftovers } = deployOperations;
const said = (operation: Operation) =>
  endOfWayBack(operation, '').flatMap((block) => (block.type === 'text' ? plainText(block.text) : []))[0];
const counted = (note: string): Operation => ({
  ...undone,
  undo: undone.undo?.map((each) => (each.step.verb === 'deploy.tally' ? { ...each, note } : each)) ?? [],
});
const serving =
  'store runs 1.4.2 on store-v2-1, store-v2-2, store-v2-3, store-v2-4, store-v2-5, store-v2-6 as before.';

test('what serves, what clients saw and how long it took', () => {
  expect(said(undone)).toBe(
    `${serving} Meanwhile 33 of 4,576 requests were answered with 5xx. It took 26 min.`,
  );
  expect(said(aborted)).toBe(`${serving} It took 26 min.`);
  expect(said(counted('Monitoring has no data yet'))).toContain(
    'What clients saw is not known: Monitoring has no data yet.',
  );
});

test('of the stages only the one that failed, with what the headline does not say of it', () => {
  const stages = (reason: string) =>
    endOfWayBack(undone, reason).flatMap((block) => (block.type === 'steps' ? block.steps : []));
  const stage = { label: 'Hold at 1 % for 10 min', state: 'failed' };
  const detail = 'Gate errors: 12, which fails at >= 5';
  expect(stages('gate errors: 12, which fails at >= 5')).toEqual([stage]);
  expect(stages('gate errors: 12, which…')).toEqual([{ ...stage, detail }]);
});

test('what is left of the new ones does not take from the old ones; what of those is not back does', () => {
  expect(said(leftovers)).toMatch(/^store runs 1\.4\.2 on .* as before\./);
  const halfway = deployed('failed', {
    there: upTo('deploy.hold 1 %', { state: 'failed', note: 'Gate errors: 12' }, 'skipped'),
    back: (name) => ({
      state: name.includes('store-v2-1') ? 'failed' : 'done',
      note: 'The load balancer is gone.',
    }),
  });
  expect(said(halfway)).not.toContain('as before');
});

test('where there was nothing before, there is nothing again', () => {
  const waves = undone.plan.waves.map((wave) => wave.filter(({ target }) => target.ocid === ''));
  expect(said({ ...undone, plan: { ...undone.plan, waves } })).toMatch(
    /^store has no instances, as before\./,
  );
});
