import { expect, test } from 'vitest';
import type { Step } from '../../src/core/plan.ts';
import { lateText, saidOf } from '../../src/core/step-words.ts';
import { deploy } from '../support/deploys.ts';
import { step as plain } from '../support/operations.ts';

const named = (name: string): Step => {
  const found = deploy.waves.flat().find((each) => each.name.startsWith(name));
  if (!found) throw new Error(`no step begins with ${name}`);
  return found;
};
const well = named('backend.well store-v3-1');
const make = named('container-instance.create store-v3-1');

test('a step whose time is over says what did not come about, and how far it was', () => {
  expect(lateText({ ...well, within: 120_000 }, 'Wait', 'no node of the load balancer says OK')).toBe(
    'store-v3-1 was not healthy in api of store-lb within 2 min: no node of the load balancer says OK',
  );
  expect(lateText({ ...make, within: 600_000 }, 'Make', 'CREATING, 40 %')).toBe(
    'store-v3-1 was not up within 10 min; still CREATING, 40 %',
  );
  expect(lateText({ ...make, within: 600_000 }, 'Make', undefined)).toBe(
    'store-v3-1 was not up within 10 min',
  );
  const drain = { ...named('backend.set'), within: 60_000 };
  expect(lateText(drain, 'Change', 'work request 40 %')).toBe(
    'Weigh store-v2-1 in api of store-lb has not finished after 1 min; still work request 40 %',
  );
  expect(lateText({ ...plain('web-1'), within: 60_000 }, 'Stop', 'STOPPING')).toBe(
    'Stop has not finished after 1 min; still STOPPING',
  );
});

test('what came of a step names it once', () => {
  const late = lateText({ ...well, within: 120_000 }, 'Wait', 'no node says OK');
  expect(saidOf({ step: well, state: 'failed', note: late })).toBe(late);
  expect(saidOf({ step: well, state: 'failed', note: 'The load balancer is gone.' })).toBe(
    'Wait until store-v3-1 is healthy in api of store-lb: The load balancer is gone.',
  );
  expect(saidOf({ step: make, state: 'unknown' })).toBe('Make store-v3-1: unknown');
});
