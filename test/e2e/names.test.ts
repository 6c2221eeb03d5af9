import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Fields, fieldsOf, isFields, type Seen } from '../support/seen.ts';
import { bootWorld, type World } from '../support/world.ts';
import { acts, again, ask, becomes, heard, states, tell } from './scene.ts';

/** Names that page, that mean several, that are not there; and answers shown to everybody. */

let world: World;
beforeAll(async () => {
  world = await bootWorld();
});
afterAll(() => world?.stop());

/** What Slack would take for markup: mrkdwn objects, and the text that the notification is made of. */
function markup(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(markup);
  if (!isFields(value)) return [];
  if (value.type === 'mrkdwn') return [String(value.text)];
  return Object.values(value).flatMap(markup);
}

/** Elements of rich text that mention somebody, which no name may become. */
function mentions(value: unknown): Fields[] {
  if (Array.isArray(value)) return value.flatMap(mentions);
  if (!isFields(value)) return [];
  const own = value.type === 'broadcast' || value.type === 'usergroup' ? [value] : [];
  return [...own, ...Object.values(value).flatMap(mentions)];
}

function expectNoPage({ text, blocks }: Seen) {
  for (const each of [text, ...markup(blocks)]) expect(each).not.toMatch(/<!(channel|here|everyone)/);
  expect(mentions(blocks).filter(({ type }) => type === 'broadcast')).toEqual([]);
}

test('a resource called <!channel> pages nobody: not on a card, not in its edits, not in the list', async () => {
  const card = await ask(world, 'stop app=nightly env=dev');
  expect(card.shown).toContain('!channel');
  expectNoPage(card);
  await world.as('ben').clicks('Approve', { in: 'ops', ts: card.ts });
  expectNoPage(await becomes(world, card, / done in /));
  expect(await states(world, '<!channel> nightly')).toEqual(['STOPPED']);

  await world.as('ana').types('/oci list app=nightly --share', { in: 'ops' });
  const list = await world.channel('ops').shows(/Asked by/);
  expect(list.shown).toContain('!channel');
  expectNoPage(list);
});

test('nor does what people type: a line, a reason, a name that is not there', async () => {
  const card = await ask(world, 'stop app=reports env=dev kind:vm "name:spark-dev-1"');
  const id = /op-\d+/.exec(card.shown)?.[0] ?? '';
  await tell(world, `cancel ${id} --because "<!here> <!channel> &lt;!everyone&gt;"`);
  expectNoPage(await becomes(world, card, /– cancelled/));
  for (const line of ['stop <!channel>', 'inspect "<!here|here>"', '<!everyone>'])
    expectNoPage(await tell(world, line));
});

test('quotes, ampersands and letters of any script are found as they are typed', async () => {
  for (const [typed, found] of [
    ['"Geburtstagsgrüße Köln"', /Geburtstagsgrüße Köln/],
    ['"本番バッチ 1"', /本番バッチ 1/],
    ['\'"quotes" & <b>\'', /"quotes" &amp; &lt;b&gt;|"quotes" & <b>/],
  ] as const)
    expect((await tell(world, `inspect ${typed}`)).shown).toMatch(found);
});

test('a name that means several is asked about, and the pick is what is planned', async () => {
  const menu = await tell(world, 'inspect bastion');
  expect(menu.shown).toMatch(/2 resources are called bastion/);
  await world.as('ana').clicks('choose', { in: 'ops', ts: menu.ts }, { option: 'bastion · eu-amsterdam-1' });
  const picked = await world.until(async () => {
    const now = (await world.ephemeral('ana')).at(-1);
    return now && !/resources are called/.test(now.shown) && now;
  }, 'the answer in the place of the menu');
  expect(picked.shown).toMatch(/eu-amsterdam-1/);
  expect(picked.shown).not.toMatch(/eu-frankfurt-1/);
});

test('of several that a change could mean only the one that is picked is on the card', async () => {
  const second = (await world.oci.resources({ name: 'web-2' }))[0];
  await world.call('POST', `/control/oci/resources/${second?.ocid}`, { name: 'web-1' });
  await world.clock.advance('10s'); // Search is late to know of the new name
  const menu = await tell(world, 'stop web-1 --force');
  expect(menu.shown).toMatch(/2 resources are called web-1/);
  const option = optionsOf(menu.blocks)[1]?.value;
  await world.as('ana').clicks('choose', { in: 'ops', ts: menu.ts }, { option });
  const card = await world.channel('ops').shows(/asks to stop web-1/);
  expect(card.shown).toMatch(/stop web-1 ocid1\.instance\.\S+ --force/);
  await world.as('ben').clicks('Approve', { in: 'ops', ts: card.ts });
  await becomes(world, card, / done in /);
  expect((await states(world, 'web')).toSorted()).toEqual(['RUNNING', 'STOPPED']);
});

test('a pick that was offered to somebody else, or was made up, is refused', async () => {
  const menu = await tell(world, 'inspect bastion');
  const [option] = optionsOf(menu.blocks);
  const stage = await world.as('ben').says('Hello', { in: 'ops' });
  for (const value of [String(option?.value), 'made-up', '']) {
    const told = await heard(world, 'ben', () =>
      world.as('ben').clicks('choose', { in: 'ops', ts: String(stage.ts) }, { force: true, value }),
    );
    expect(told.shown).toMatch(/menu|offer|choice|no longer/i);
    expect(told.shown).not.toMatch(/bastion/);
  }
});

function optionsOf(value: unknown): Fields[] {
  if (Array.isArray(value)) return value.flatMap(optionsOf);
  if (!isFields(value)) return [];
  return [...fieldsOf(value.options), ...Object.values(value).flatMap(optionsOf)];
}

test('an answer is its author’s alone unless it is shared', async () => {
  const before = (await world.channel('ops').messages()).length;
  const told = await tell(world, 'list app=shop env=dev');
  expect(told.shown).toContain('web-1');
  expect(await world.channel('ops').messages()).toHaveLength(before);

  await world.as('ana').types('/oci status app=shop --share', { in: 'ops' });
  const shared = await world.until(async () => {
    await world.clock.advance('1s');
    return (await world.channel('ops').messages())[before];
  });
  expect(shared.shown).toMatch(/app=shop/);
  expect((await again(world, shared)).shown).toMatch(/Asked by/);
});

test('who may not look is not told what there is, by a near miss or by a wrong flag', async () => {
  const before = (await acts(world, 'web')).length;
  for (const line of [
    'stop web-11',
    'list',
    'inspect web-1',
    'status',
    'stop bastion',
    'policy explain stop web-1',
  ]) {
    const told = await tell(world, line, { by: 'eve' });
    expect(told.shown, line).not.toMatch(/web-|bastion|shop-/);
  }
  expect(await acts(world, 'web')).toHaveLength(before);
});
