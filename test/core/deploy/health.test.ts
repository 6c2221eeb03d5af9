import { expect, test } from 'vitest';
import { healthNote } from '../../../src/core/deploy/health.ts';

const sure = 30_000;

test.each([
  [undefined, 90_000, 'not checked yet'],
  ['UNKNOWN', 0, 'not checked yet'],
  ['UNKNOWN', 59_000, 'not checked yet'],
  ['UNKNOWN', 60_000, 'the load balancer does not say; does a listener lead to its backend set?'],
  ['CRITICAL', 0, 'no node of the load balancer says OK'],
  ['WARNING', 0, 'one node of the load balancer says OK, another does not'],
  ['OK', 0, 'OK'],
  ['SOMETHING_NEW', 0, 'SOMETHING_NEW'],
])('a backend that is %s after %d ms', (status, elapsed, note) => {
  expect(healthNote(status, { elapsed, sure })).toBe(note);
});
