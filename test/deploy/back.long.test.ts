import { afterEach, expect, test } from 'vitest';
import { planRollback } from '../../src/deploying/back.ts';
import { appNow } from '../../src/deploying/now.ts';
import { planRetire } from '../../src/deploying/retiring.ts';
import { type Rig, rig } from './rig.ts';

/** Which version a rollback means, how it is brought back, and what the card says of it. */

let at: Rig;
afterEach(() => at?.close());

const back = (to?: string, strategy?: string) => planRollback(at.look, { app: 'store', to, strategy });
const quick = { bake: 0, drain: 0, replicas: 1, minimum: 1 };

test('what was not deployed through the bot is brought back by what its tag meant then', async () => {
  at = await rig(quick);
  const first = await at.plan({ image: '1.1.0' });
  const { digest } = first.release?.replaces ?? {};
  expect((await at.run(first)).status).toBe('succeeded');

  // somebody moves the tag: what ran is what is brought back
  await at.push('fra.ocir.io/lamplight/store:1.0.0');
  const plan = await back();
  expect(plan).toMatchObject({
    title: 'Roll store back to 1.0.0, which was not deployed through me',
    line: 'rollback store to 0',
    release: { version: 2, back: 0, digest, environment: {}, replaces: { version: 1 } },
  });
  expect(await back('1.0.0')).toEqual(plan);
  expect((await at.run(plan)).status).toBe('succeeded');
  const { serving } = await appNow(at.look, at.app);
  expect(serving.instances.map((each) => each.image)).toEqual([`fra.ocir.io/lamplight/store@${digest}`]);

  // it goes back no further, and never to what was just left, but where that is named
  await expect(back()).rejects.toMatchObject({
    message:
      'store has no other version that was deployed well and not rolled back from: version 1, 1.1.0, was, by op-2.',
    hint: 'To bring it back all the same: rollback store to 1',
  });
  expect((await back('1')).consequences).toContainEqual(
    expect.stringMatching(/^1\.1\.0 was rolled back from by \S+ \(op-2\)\.$/),
  );
});

test('what is deployed anew as it is says so, and a rollback is all at once', async () => {
  const strategy = {
    type: 'canary',
    steps: [
      { share: 50, hold: 600_000 },
      { share: 100, hold: 0 },
    ],
  } as const;
  at = await rig({ ...quick, bake: 30_000, strategy });
  await at.run(await at.plan({ image: '1.1.0', strategy: 'blue-green' }));
  const again = await at.plan({ image: '1.1.0' });
  const { digest = '' } = again.release ?? {};
  expect(again.consequences).toContain(
    `store runs 1.1.0 already (${digest.slice(0, 19)}…, version 1): the same is made anew.`,
  );
  const other = await at.plan({ image: '1.1.0', environment: { LOG_LEVEL: 'debug' } });
  expect(other.consequences.join()).not.toContain('already');

  await at.run(await at.plan({ image: '1.2.0', strategy: 'blue-green' }));
  const plain = await back();
  expect(plain).toMatchObject({ line: 'rollback store to 1', release: { strategy: 'blue-green', back: 1 } });
  expect(plain.stages?.filter((stage) => stage.startsWith('Hold'))).toEqual([]);
  expect(plain.stages).toContain('Bake for 30 s');
  expect(await back('1', 'canary 50 % 1m, 100 %')).toMatchObject({
    line: 'rollback store to 1 canary 50 % 1m, 100 %',
    release: { strategy: 'canary 50 % 1m, 100 %' },
  });
});

test('once a whole app was retired, what ran last is what is brought back', async () => {
  at = await rig(quick);
  await at.run(await at.plan({ image: '1.1.0' }));
  await at.run(await at.plan({ image: '1.2.0' }));
  await expect(back('2')).rejects.toThrow('Version 2 of store is what runs.');
  const retirement = await at.run(await planRetire(at.look, { what: 'store' }));
  expect(retirement.status).toBe('succeeded');
  expect(await back()).toMatchObject({ title: 'Roll store back to 1.2.0, as it was in version 2' });
  expect(await back('2')).toEqual(await back());
  expect(await appNow(at.look, at.app)).toMatchObject({ retired: { id: retirement.id } });
  expect((await at.run(await back())).status).toBe('succeeded');
  expect((await appNow(at.look, at.app)).retired).toBeUndefined();
});
