import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isFinal } from '../../src/core/operation.ts';
import { verifyAudit } from '../../src/engine/audit.ts';
import { compileWorker, kill, type Program, serveCloud } from './child/start.ts';
import { draftOf, type House, house, makeSite, planOf, type Site, siteKinds, until } from './house.ts';

let program: Program;
beforeAll(() => {
  program = compileWorker();
});
afterAll(() => program.remove());

const options = {
  poll: 20,
  observe: { first: 10, longest: 40 },
  settle: 60,
  lease: 1_000,
  beat: 200,
  concurrency: 4,
};

describe.each(siteKinds)('a worker that is killed, on %s', (kind) => {
  let site: Site;
  let at: House;
  let served: Awaited<ReturnType<typeof serveCloud>>;
  beforeEach(async () => {
    site = await makeSite(kind);
    at = await house(site);
    served = await serveCloud(at.cloud, 5);
  });
  afterEach(async () => {
    served.close();
    await at.close();
    await site.remove();
  });

  const orders = () => ({
    folder: site.folder,
    ...(site.url ? { url: site.url } : {}),
    cloud: served.url,
    options,
  });
  const twenty = () => Array.from({ length: 20 }, (_, each) => at.cloud.add(`web-${each}`));

  it('is carried on from by the next, and nothing is sent twice', async () => {
    at.cloud.pace = 30;
    const { id } = await at.engine.propose(draftOf(planOf(twenty(), { waves: 2 })));
    for (let kills = 0; kills < 6; kills++) {
      const child = await program.start(orders());
      await pause(Math.random() * 150);
      await kill(child);
      const seen = await at.engine.get(id);
      if (seen && isFinal(seen.status)) break;
    }
    await program.start(orders());
    const ended = await until(at.engine, id);
    expect(ended.status).toBe('succeeded');
    expect(ended.steps.every(({ state }) => state === 'done')).toBe(true);
    expect(at.cloud.acts).toHaveLength(20);
    expect(new Set(at.cloud.calls.map(({ name }) => name)).size).toBe(at.cloud.calls.length);
    expect((await verifyAudit(at.store)).fault).toBeUndefined();
  });

  it('parks what runs when it is asked to stop, and another goes on at once', async () => {
    at.cloud.pace = 400;
    const { id } = await at.engine.propose(draftOf(planOf(twenty())));
    const first = await program.start(orders());
    await until(at.engine, id, ({ steps }) => steps.some(({ receipt }) => receipt !== undefined));
    first.kill('SIGTERM');
    await new Promise((resolve) => first.once('exit', resolve));
    const parked = await at.engine.get(id);
    expect(parked?.status).toBe('running');
    // every call that was out came back and left its receipt
    expect(parked?.steps.every(({ state, receipt }) => state !== 'running' || receipt !== undefined)).toBe(
      true,
    );
    await program.start(orders());
    expect((await until(at.engine, id)).status).toBe('succeeded');
    expect(at.cloud.calls).toHaveLength(20);
  });

  it.skipIf(kind === 'sqlite')('and writes nothing when it was only paused', async () => {
    at.cloud.pace = 100;
    const { id } = await at.engine.propose(draftOf(planOf(twenty(), { waves: 4 })));
    const zombie = await program.start(orders());
    await until(at.engine, id, ({ status }) => status === 'running');
    zombie.kill('SIGSTOP');
    await program.start(orders());
    const ended = await until(at.engine, id);
    zombie.kill('SIGCONT');
    await pause(500);
    expect(await at.engine.get(id)).toEqual(ended);
    expect(ended.status).toBe('succeeded');
    expect(at.cloud.acts).toHaveLength(20);
    expect((await verifyAudit(at.store)).fault).toBeUndefined();
  });

  it.skipIf(kind === 'sqlite')('several replicas share the work and repeat none', async () => {
    const targets = twenty();
    await Promise.all([program.start(orders()), program.start(orders()), program.start(orders())]);
    const made = await Promise.all(targets.map((target) => at.engine.propose(draftOf(planOf([target])))));
    const ended = await Promise.all(made.map(({ id }) => until(at.engine, id)));
    expect(ended.every(({ status }) => status === 'succeeded')).toBe(true);
    expect(at.cloud.calls).toHaveLength(20);
  });
});
