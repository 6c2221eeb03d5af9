import { execFile } from 'node:child_process';
import { join } from 'node:path';
import Database from 'libsql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../../sandbox/root.ts';
import { bootWorld, type World } from '../support/world.ts';
import { ask, ends, operationOf, pairs, tell } from './scene.ts';

/** What was asked, decided and done is kept in a chain that shows when somebody has been at it. */

let world: World;
beforeAll(async () => {
  world = await bootWorld({ seed: pairs(['kept', 'tried'], {}) });
});
afterAll(() => world?.stop());

const store = () => String(world.info.bot?.store);

/** `npm run audit:verify` on the bot's store. */
function verify(): Promise<{ readonly code: number; readonly said: string }> {
  const env = { PATH: process.env.PATH, LAMPLIGHTER_STORE: store() };
  return new Promise((resolve) =>
    execFile(
      process.execPath,
      [join(packageRoot, 'dist/src/main.js'), 'audit:verify'],
      { env },
      (error, out, err) => resolve({ code: Number(error?.code ?? 0), said: out + err }),
    ),
  );
}

test('history tells who asked, who approved, and what OCI answered to each call', async () => {
  const card = await ask(world, 'stop app=kept');
  await world.as('ben').clicks('Approve', { in: 'ops', ts: card.ts });
  await ends(world, card);
  const { shown } = await tell(world, `history ${operationOf(card)}`);
  for (const event of ['asked', 'approved', 'started', 'acted', 'finished']) expect(shown).toContain(event);
  expect(shown).toContain('U0ANAPETROV');
  expect(shown).toContain('U0BENOKAFOR');
  const sent = (await world.oci.requests()).filter(({ operation }) => operation === 'Compute.InstanceAction');
  for (const { requestId } of sent) expect(shown).toContain(String(requestId));
});

test('what the rules refuse is kept too', async () => {
  const [first] = await world.oci.resources({ name: 'tried-1' });
  await world.call('POST', `/control/oci/resources/${first?.ocid}`, {
    freeformTags: { app: 'tried', env: 'secret' },
  });
  await world.clock.advance('10s');
  await tell(world, 'stop tried-1');
  expect((await tell(world, 'history tried-1')).shown).toMatch(/refused/);
});

test('the chain holds while the bot runs, and names the entry that somebody changed', async () => {
  const whole = await verify();
  expect(whole.said).toMatch(/is whole: \d+ entries, each following the one before/);
  expect(whole.code).toBe(0);

  await world.bot.stop();
  const database = new Database(join(store(), 'lamplighter.db'));
  const forge = "update audit set actor = 'U0SOMEONE00' where seq = 2";
  expect(() => database.exec(forge)).toThrow(/append-only/);
  // whoever has the file can take the guard away, but not forge the chain
  const guards = database.prepare("select name from sqlite_master where type = 'trigger'").all();
  for (const { name } of guards as { name: string }[]) database.exec(`drop trigger ${name}`);
  database.exec(forge);
  database.close();
  const broken = await verify();
  expect(broken.said).toMatch(/does not hold: entry 2 was changed/);
  expect(broken.code).toBe(1);
});
