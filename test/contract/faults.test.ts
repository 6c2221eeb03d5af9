import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Operation } from '../../src/core/operation.ts';
import type { Fault } from '../engine/cloud.ts';
import {
  draftOf,
  type House,
  house,
  makeSite,
  planOf,
  type Site,
  siteKinds,
  until,
} from '../engine/house.ts';

const minute = 60_000;

describe.each(siteKinds)('what goes wrong in the cloud, on %s', (kind) => {
  let site: Site;
  let at: House;
  let moving: NodeJS.Timeout;
  beforeEach(async () => {
    site = await makeSite(kind);
    at = await house(site);
    await at.engine.start();
  });
  afterEach(async () => {
    clearInterval(moving);
    await at.close();
    await site.remove();
  });

  /** Back-off and deadlines are the clock's: an hour passes in a second. */
  const hurry = () => {
    moving = setInterval(() => at.clock.advance(10_000), 3);
  };
  const stop = async (names: readonly string[], faults: readonly Fault[], within = 10 * minute) => {
    const plan = planOf(
      names.map((name) => at.cloud.add(name)),
      { within },
    );
    for (const fault of faults) at.cloud.fail(fault);
    hurry();
    const { id } = await at.engine.propose(draftOf(plan));
    return until(at.engine, id);
  };
  const states = ({ steps }: Operation) => steps.map(({ state }) => state);

  it.each<[string, Fault]>([
    ['throttled', { on: 'act', times: 3, status: 429, retryAfter: 2_000 }],
    ['unavailable before the effect', { on: 'act', times: 2, status: 503 }],
    ['unavailable after the effect', { on: 'act', times: 1, status: 503, effect: true }],
    ['broken before the effect', { on: 'act', times: 1, status: 500 }],
    ['broken after the effect', { on: 'act', times: 1, status: 500, effect: true }],
    ['cut off before the effect', { on: 'act', times: 2, status: 0 }],
    ['cut off after the effect', { on: 'act', times: 1, status: 0, effect: true }],
    ['in another state for a while', { on: 'act', times: 2, status: 409, code: 'IncorrectState' }],
    ['blind for a while', { on: 'observe', times: 3, status: 500 }],
    ['throttled while looking', { on: 'observe', times: 2, status: 429 }],
    ['away while the targets are read', { on: 'read', times: 3, status: 0 }],
  ])('an act that is %s is done once', async (_, fault) => {
    at.cloud.pace = 3_000;
    const done = await stop(['web-1'], [fault]);
    expect(done.status).toBe('succeeded');
    expect(at.cloud.acts).toHaveLength(1);
    expect(new Set(at.cloud.calls.map(({ token }) => token)).size).toBe(1);
  });

  it.each([
    [401, 'NotAuthenticated'],
    [403, 'NotAuthorized'],
    [404, 'NotAuthorizedOrNotFound'],
    [400, 'InvalidParameter'],
    [409, 'InvalidatedRetryToken'],
  ])('an act that OCI refuses with %i %s fails at once, in its words', async (status, code) => {
    const failed = await stop(['web-1', 'web-2'], [{ on: 'act', name: 'web-1', times: 99, status, code }]);
    expect(failed.status).toBe('failed');
    expect(states(failed)).toEqual(['failed', 'done']);
    expect(failed.steps[0]?.note).toBe(
      `OCI said ${status} (${status} ${code}, opc-request-id refused-${status})`,
    );
    expect(at.cloud.calls.filter(({ name }) => name === 'web-1')).toHaveLength(1);
    const history = await at.engine.history({ about: failed.id, limit: 50 });
    expect(history.find(({ event }) => event === 'act failed')?.details).toMatchObject({
      status,
      code,
      requestId: `refused-${status}`,
    });
  });

  it('an etag that no longer matches fails and says why', async () => {
    const failed = await stop(['web-1'], [{ on: 'act', times: 1, status: 412, code: 'NoEtagMatch' }]);
    expect(failed.steps[0]).toMatchObject({
      state: 'failed',
      note: 'It was changed since it was approved; plan it again.',
    });
    expect(at.cloud.acts).toHaveLength(0);
  });

  it('a call that took effect late is not called a change by somebody else', async () => {
    // lost without effect as far as can be seen; the second call then meets the etag of the first
    at.cloud.pace = 30_000;
    const faults: Fault[] = [
      { on: 'act', times: 1, status: 0 },
      { on: 'act', times: 1, status: 412, code: 'NoEtagMatch', effect: true },
    ];
    expect((await stop(['web-1'], faults)).status).toBe('succeeded');
  });

  it('what does not arrive in time fails after one more look, and says where it is', async () => {
    at.cloud.stuck = true;
    const failed = await stop(['web-1'], [], 2 * minute);
    expect(failed.steps[0]).toMatchObject({
      state: 'failed',
      note: 'Stop has not finished after 2 min; still STOPPING',
    });
    expect(at.cloud.acts).toHaveLength(1);
  });

  it('throttled to the end of its time, it fails with OCI’s words', async () => {
    const failed = await stop(['web-1'], [{ on: 'act', times: 10_000, status: 429 }], minute);
    expect(failed.steps[0]?.state).toBe('failed');
    expect(failed.steps[0]?.note).toContain('429');
    expect(at.cloud.acts).toHaveLength(0);
  });

  it('what was sent and can never be seen is unresolved', async () => {
    const lost = await stop(['web-1'], [{ on: 'observe', times: 10_000, status: 0 }], minute);
    expect(lost.status).toBe('unresolved');
    expect(lost.steps[0]?.note).toContain('cannot be seen');
    expect(at.cloud.acts).toHaveLength(1);
  });

  it('targets that cannot be read for ten minutes: nothing was changed', async () => {
    const failed = await stop(['web-1', 'web-2'], [{ on: 'read', times: 100_000, status: 503 }]);
    expect(failed.status).toBe('failed');
    expect(failed.because).toMatch(/could not be read again for 10 min: .*Nothing was changed\.$/);
    expect(at.cloud.calls).toHaveLength(0);
  });

  it('a verb that breaks is unresolved, and the rest goes on', async () => {
    const plan = planOf([at.cloud.add('web-1'), at.cloud.add('web-2')]);
    const stop = at.cloud.verbs['instance.stop'];
    const act = stop?.act;
    Object.assign(stop ?? {}, {
      act: async (...[step, context]: Parameters<NonNullable<typeof act>>) => {
        if (step.target.name === 'web-1') throw new TypeError('a bug');
        return act?.(step, context);
      },
    });
    const { id } = await at.engine.propose(draftOf(plan));
    const ended = await until(at.engine, id);
    expect(ended.status).toBe('unresolved');
    expect(states(ended)).toEqual(['unknown', 'done']);
    expect(ended.steps[0]?.note).toContain(`quote ${id}`);
  });

  it.each([
    ['web-2 is now STOPPED, the card said RUNNING.', () => at.cloud.change('web-2', { state: 'STOPPED' })],
    ['web-2 is gone, or I can no longer see it.', () => at.cloud.remove('web-2')],
    ['web-2 is now called db-1.', () => at.cloud.change('web-2', { name: 'db-1' })],
    [
      'web-2 is now in shop/prod, the card said shop/dev.',
      () => at.cloud.change('web-2', { compartment: { ocid: 'x', path: 'shop/prod' } }),
    ],
  ])('void: %s', async (because, change) => {
    const plan = planOf([at.cloud.add('web-1'), at.cloud.add('web-2')]);
    change();
    const { id } = await at.engine.propose(draftOf(plan));
    expect(await until(at.engine, id)).toMatchObject({ status: 'void', because });
    expect(at.cloud.calls).toHaveLength(0);
  });

  it('a tag that changed voids nothing, since the card does not show it', async () => {
    const plan = planOf([at.cloud.add('web-1')]);
    at.cloud.change('web-1', { tags: { env: 'dev' } });
    const { id } = await at.engine.propose(draftOf(plan));
    expect((await until(at.engine, id)).status).toBe('succeeded');
  });
});
