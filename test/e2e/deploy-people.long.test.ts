import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fieldsOf, type Seen } from '../support/seen.ts';
import { bootWorld, type World } from '../support/world.ts';
import { kiosk, reads, withApps } from './deploying.ts';
import { ask, heard, operationOf, tell } from './scene.ts';

/** Deploys and their people, on a worker that is quick to deploy: the form, gates that ask, threads, locks, versions. */

let world: World;
beforeAll(async () => {
  world = await bootWorld({
    config: withApps((store) => ({
      kiosk: kiosk(store),
      stand: kiosk(store, {
        find: { name: 'stand-*', tags: { app: 'stand' } },
        before: { image: 'fra.ocir.io/lamplight/migrate:exit-1', within: '5m' },
      }),
    })),
  });
});
afterAll(() => world?.stop());

/** Where the app is not at home, so that its own channel is told as well. */
const here = { in: 'incidents' };
const begin = async (line: string, by = 'ana', approver = 'ben') => {
  const card = await ask(world, line, { by, ...here });
  await world.as(approver).clicks('Approve', { ...here, ts: card.ts });
  return card;
};
const until = (card: Seen, pattern: RegExp) => reads(world, card, pattern, '10s', here.in);
const said = async (line: string, by = 'ana') => (await tell(world, line, { by, ...here })).shown;

const optionsOf = async (view: Seen, action: string, block: string) => {
  const { body } = await world.call('POST', '/control/slack/suggest', {
    user: 'ana',
    action,
    block_id: block,
    value: '',
    view_id: String(view.raw.id),
  });
  return fieldsOf(body.options);
};

describe('the form', () => {
  const suggest = async (view: Seen, action: string, block: string) =>
    (await optionsOf(view, action, block)).map(({ value }) => String(value));
  /** Slack waits three seconds for them, which are short where much else runs. */
  const offered = (view: Seen, action: string, block: string) =>
    world.until(async () => {
      const all = await suggest(view, action, block);
      return all.length > 0 && all;
    }, `what ${block} offers`);
  const form = () => world.until(async () => (await world.as('ana').views()).at(-1), 'the form');

  test('asks for an app, offers its newest tags, and stands for the line', async () => {
    await world.as('ana').types('/oci deploy', here);
    const empty = await form();
    expect(empty.shown).toMatch(/app[\s\S]*image[\s\S]*env[\s\S]*strategy[\s\S]*--dry-run/);
    expect(empty.shown).toContain('As the app says');
    expect(await offered(empty, 'type-ahead:apps', 'deploy argument app')).toEqual([
      'store',
      'kiosk',
      'stand',
    ]);
    expect(await suggest(empty, 'type-ahead:images', 'deploy argument image')).toEqual([]);

    await world.as('ana').clicks('type-ahead:apps', { view: String(empty.raw.id) }, { value: 'kiosk' });
    const picked = await world.until(async () => {
      const view = await form();
      return JSON.stringify(view.blocks).includes('deploy argument image of kiosk') && view;
    }, 'the fields of kiosk');
    const tags = await offered(picked, 'type-ahead:images', 'deploy argument image of kiosk');
    expect(tags.slice(0, 2)).toEqual(['latest', '1.4.2']);
    expect(tags.at(-1)).toBe('1.4.0');
    const strategies = await offered(picked, 'type-ahead:strategies', 'deploy argument strategy of kiosk');
    expect(strategies).toEqual(['blue-green', 'rolling']);

    const submits = async (env: string) => {
      const image = { text: { type: 'plain_text', text: '1.4.2' }, value: '1.4.2' };
      const values = { image, env, Options: ['dry-run'] };
      const sent = { user: 'ana', view_id: String(picked.raw.id), values };
      return (await world.call('POST', '/control/slack/submit', sent)).body;
    };
    expect(await submits('LOG_LEVEL')).toMatchObject({
      errors: { 'deploy argument env': '"LOG_LEVEL" sets nothing in the environment.' },
    });
    expect(await submits('LOG_LEVEL=debug\nGREETING=good morning')).toMatchObject({ ok: true });
    const dry = await world.until(async () => (await world.ephemeral('ana')).at(-1), 'the dry run');
    expect(dry.text).toBe('Dry run: deploy kiosk 1.4.2. Nothing was changed.');
    expect(JSON.stringify(dry.raw)).toContain('Run kiosk-v1-before to its end');
  });
});

test('a gate asks the leads, in the thread too; nobody else may say yes; and channels hear of it', async () => {
  const card = await begin('deploy kiosk image=1.4.2 env LOG_LEVEL=debug');
  const asking = await until(card, /waits for a word/);
  expect(asking.shown).toContain('Gate look: shall it go on?');
  expect(asking.shown).toContain('Asked: <!subteam^S0LEADS0000>');
  expect(asking.buttons.slice(0, 2)).toEqual(['Promote', 'Abort']);
  const [log, question] = asking.replies;
  expect(log?.text).toMatch(/^kiosk-v1-before has ended well: exit code 0\.$/);
  expect(log?.shown).toMatch(/msg="done" exit_code=0/);
  expect(question?.text).toBe('<!subteam^S0LEADS0000>: kiosk – Gate look: shall it go on?');
  const [begun] = await world.channel('ops').messages();
  expect(begun?.text).toMatch(/: deploy kiosk 1\.4\.2 – begun\./);

  expect(await said('deploy status kiosk')).toMatch(
    /kiosk runs version 1, 1\.4\.2: 1 of 1 instance is up\.[\s\S]*op-\d+.*waits for a word/,
  );
  const clicked = await heard(world, 'ana', () =>
    world.as('ana').clicks('Promote', { ...here, ts: card.ts }),
  );
  expect(clicked.text).toMatch(/The gate of op-\d+ asks others than you/);
  expect(await said('deploy kiosk image=1.4.1')).toMatch(/is being deployed already: op-\d+/);
  // what was told is not told again by the next process, and what it waits for is waited for still
  await world.bot.kill9();
  await world.bot.ready();
  await world.as('dana').clicks('Promote', { ...here, ts: card.ts });
  const done = await until(card, / done in /);
  expect(done.shown).toMatch(/kiosk runs \*version 1, 1\.4\.2\* .* on kiosk-v1-1\./);
  expect(done.shown).toContain('promoted by <@U0DANAWEISS>');
  expect(done.buttons).toEqual([]);
  expect(done.replies).toHaveLength(2);
  await world.channel('ops').shows(/deploy kiosk 1\.4\.2 – done in /);
  expect(await world.channel('ops').messages()).toHaveLength(1);
  expect(await said('inspect kiosk-v1-1')).toMatch(/Release\*?\nversion 1, 1\.4\.2 of kiosk, deployed by/);
  expect(await said('why kiosk-v1-1')).toMatch(/version 1, 1\.4\.2 of kiosk/);
});

test('what is aborted by a button is taken back, and says by whom and what was undone', async () => {
  const card = await begin('deploy kiosk image=1.4.1', 'ben', 'chloe');
  await until(card, /waits for a word/);
  expect(await said('abort kiosk')).toMatch(/is not yours to abort/);
  expect(await said('abort kiosk', 'chloe')).not.toMatch(/not yours/);
  const end = await until(card, /– taken back/);
  expect(end.text).toMatch(/taken back: aborted by <@U0CHLOEMART>\. All is as it was\.$/);
  expect(end.shown).toMatch(/kiosk runs 1\.4\.2 on kiosk-v1-1 as before\. It took /);
  expect(end.shown).toContain('Aborted by <@U0CHLOEMART>');
  expect(end.replies.at(-1)?.text).toMatch(/^Taking it back: aborted by <@U0CHLOEMART>\.$/);
  expect(await said('abort kiosk')).toMatch(/kiosk is not being deployed/);
  expect(await said(`abort ${operationOf(end)}`)).toMatch(/is over: it was taken back\./);
});

test('a version is brought back as it was, without its hook', async () => {
  const promoted = async (line: string) => {
    const card = await begin(line);
    await until(card, /waits for a word/);
    await world.as('dana').clicks('Promote', { ...here, ts: card.ts });
    return until(card, / done in /);
  };
  const next = await promoted('deploy kiosk image=1.4.0');
  expect(next.shown).toMatch(/in place of version 1, 1\.4\.2 on kiosk-v1-1, which is deleted\./);
  const back = await promoted('rollback kiosk');
  expect(back.text).toMatch(/roll kiosk back to 1\.4\.2, as it was in version 1 – done in/);
  expect(back.replies.map(({ text }) => text)).toEqual([expect.stringContaining('shall it go on?')]);
  expect(await said('releases kiosk')).toMatch(
    /kiosk runs version 4, 1\.4\.2\.[\s\S]*version 4, 1\.4\.2\* – runs now \(version 1 again\)[\s\S]*version 3, 1\.4\.0\* – was deployed/,
  );
});

test('a hook that fails is told with its log, and nothing is left of it', async () => {
  const card = await begin('deploy stand image=1.4.2');
  const end = await until(card, /– taken back/);
  expect(end.text).toMatch(/taken back: run stand-v1-before to its end: It ended with exit code 1/);
  const told = end.replies.map(({ shown }) => shown).join('\n');
  expect(told).toMatch(/stand-v1-before has failed: It ended with exit code 1/);
  expect(told).toMatch(/Taking it back: [\s\S]*exit_code=1/);
});

test('locks and versions, and lines that make no sense', async () => {
  expect(await said('releases kiosk')).toMatch(
    /kiosk runs version 4, 1\.4\.2\.[\s\S]*version 2, 1\.4\.1\* – was taken back[\s\S]*version 1, 1\.4\.2\* – was deployed/,
  );
  expect(await said('releases stand')).toMatch(/Nothing of stand that was deployed through me runs\./);
  expect(await said('releases store')).toBe('*Nothing of store was deployed through me yet.*');
  expect(await said('deploy status store')).toMatch(
    /^\*store runs 1\.4\.1: 3 of 3 instances are healthy and in traffic\.[\s\S]*not through me[\s\S]*store-1/,
  );
  expect(await said('deploy status kiosk')).toMatch(
    /^\*kiosk runs version 4, 1\.4\.2: 1 of 1 instance is up\.[\s\S]*by <@U0ANAPETROV>[\s\S]*, to bring version 1 back/,
  );
  expect(await said('deploy status stand')).toMatch(/^\*stand has no instances\./);
  expect(await said('deploy status')).toMatch(/deploy status needs/);
  expect(await said('rollback stand')).toMatch(/Nothing of stand was deployed well through me yet/);
  expect(await said('rollback kiosk to 4')).toMatch(/Version 4 of kiosk is what runs/);
  expect(await said('rollback kiosk to 2')).toMatch(
    /Version 2 of kiosk never ran in full: it was taken back/,
  );
  expect(await said('rollback kiosk to 9')).toMatch(/There is no version 9 of kiosk/);
  expect(await said('rollback store')).toMatch(/Nothing of store was deployed through me yet/);
  expect(await said('deploy lock kiosk')).toMatch(/Why\? Whoever wants to deploy has to know/);
  expect(await said('deploy lock kiosks because x')).toMatch(/There is no app kiosks[\s\S]*kiosk/);
  expect(await said('deploy lock kiosk because the sale is on')).toMatch(/kiosk is locked: the sale is on/);
  expect(await said('deploy lock kiosk because mine', 'ben')).toMatch(
    /locked already, by <@U0ANAPETROV>: the sale is on/,
  );
  expect(await said('deploy kiosk image=1.4.2', 'ben')).toMatch(/kiosk is locked by <@U0ANAPETROV>/);
  expect(await said('releases kiosk')).toMatch(/Locked by <@U0ANAPETROV>/);
  expect(await said('deploy status kiosk')).toMatch(/Locked by <@U0ANAPETROV>.*the sale is on/);
  expect(await said('deploy unlock kiosk', 'ben')).toMatch(/kiosk may be deployed again/);
  expect(await said('deploy unlock kiosk')).toMatch(/kiosk is not locked/);
  expect(await said('deploy kiosk image=1.4.9')).toMatch(/There is no image .*1\.4\.9/);
  expect((await tell(world, 'deploy kiosk image=1.4.2', { by: 'eve' })).shown).toMatch(
    /I take nothing from guests/,
  );
});

test('the help of a command that begins others tells of both', async () => {
  expect(await said('help deploy')).toMatch(/canary 5 % 10m[\s\S]*See also[\s\S]*deploy lock/);
});

test('what was retired is not said to run, where images are offered', async () => {
  const offered = async () => {
    const open = async () => (await world.as('ana').views()).at(-1);
    const before = (await open())?.raw.id;
    await world.as('ana').types('/oci deploy', here);
    const empty = await world.until(async () => {
      const view = await open();
      return view && view.raw.id !== before && view;
    }, 'the form');
    await world.as('ana').clicks('type-ahead:apps', { view: String(empty.raw.id) }, { value: 'kiosk' });
    const all = await world.until(async () => {
      const found = await optionsOf(empty, 'type-ahead:images', 'deploy argument image of kiosk');
      return found.length > 0 && found;
    }, 'the images');
    return JSON.stringify(all);
  };
  expect(await offered()).toMatch(/1\.4\.2[^}]*\}[^}]*, runs now/);
  const card = await begin('retire kiosk');
  await until(card, / done in /);
  expect(await offered()).not.toContain('runs now');
});
