import { expect, test } from 'vitest';
import { type HealthSeen, healthNote } from '../../../src/core/deploy/health.ts';

const sure = 30_000;
const no = 'no node of the load balancer says OK';

test.each<[string | undefined, readonly string[], number, string]>([
  [undefined, [], 90_000, 'not checked yet'],
  ['UNKNOWN', ['UNKNOWN'], 0, 'not checked yet'],
  ['UNKNOWN', [], 59_000, 'not checked yet'],
  ['UNKNOWN', [], 60_000, 'the load balancer does not say; does a listener lead to its backend set?'],
  ['CRITICAL', [], 0, no],
  ['CRITICAL', ['OFFLINE'], 0, no],
  [
    'CRITICAL',
    ['INVALID_STATUS_CODE'],
    0,
    `${no}: it answers the health check with another status than that wants (INVALID_STATUS_CODE)`,
  ],
  [
    'WARNING',
    ['TIMED_OUT'],
    0,
    'one node of the load balancer says OK, another does not: it does not answer the health check in time (TIMED_OUT)',
  ],
  ['OK', [], 0, 'OK'],
  ['SOMETHING_NEW', [], 0, 'SOMETHING_NEW'],
])('a backend that is %s %j after %d ms', (is, found, elapsed, note) => {
  const seen = is === undefined ? undefined : { is: is as HealthSeen['is'], found };
  expect(healthNote(seen, { elapsed, sure })).toBe(note);
});
