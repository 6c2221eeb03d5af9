import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src/core/refusal.ts';
import { stage, stages, until } from './kit.ts';

const curtain = stages();

describe.each(['socket', 'http'] as const)('in %s mode', (mode) => {
  it('acknowledges a line and answers the caller only', async () => {
    const s = await curtain({ mode });
    const typed = await s.types('ana', 'ops', 'hello “world”');
    expect(typed).toMatchObject({ ok: true, acked: true });
    const [answer] = await until(async () => (await s.ephemeral('ana')).length > 0 && s.ephemeral('ana'));
    expect(answer?.text).toBe('You said “hello “world””.');
    expect(await s.messages('ops')).toEqual([]);
    expect(s.house.handled[0]).toMatchObject({
      actor: { kind: 'slack', user: s.slack.users.ana, groups: [s.slack.groups.engineers] },
      origin: { kind: 'slack', channel: s.slack.channels.ops, channelName: 'ops' },
    });
  });

  it('carries an operation from the line to the decision in one message', async () => {
    const s = await curtain({ mode });
    await s.types('ana', 'ops', 'stop web-1');
    const [posted] = await until(async () => (await s.messages('ops')).length > 0 && s.messages('ops'));
    const clicked = await s.post('/click', {
      user: 'ben',
      channel: 'ops',
      ts: posted?.ts,
      action: 'Approve',
    });
    expect(clicked).toMatchObject({ ok: true });
    s.clock.advance(2_000);
    const decided = await until(async () => {
      const [message] = await s.messages('ops');
      return message?.text.includes('decided: approve') && message;
    });
    expect(decided).toMatchObject({ ts: posted?.ts, text: `<@${s.slack.users.ben}> decided: approve.` });
    expect(JSON.stringify(decided.blocks)).not.toContain('button');
    expect(s.house.pressed[0]).toMatchObject({ operation: 'op-81', verdict: 'approve', digest: 'd1' });
    expect(await s.messages('ops')).toHaveLength(1);
  });
});

describe('who', () => {
  it('is not a guest', async () => {
    const s = await curtain();
    await s.types('eve', 'ops', 'stop web-1');
    const [answer] = await until(async () => (await s.ephemeral('eve')).length > 0 && s.ephemeral('eve'));
    expect(answer?.text).toBe('I take nothing from guests of this workspace.');
    expect(s.house.handled).toEqual([]);
  });

  it('may be a guest where the settings say so', async () => {
    const s = await curtain({ settings: { allowGuests: true } });
    await s.types('eve', 'ops', 'hello');
    await until(() => s.house.handled.length === 1);
  });

  it('is in the groups that hold at the click, not those of a minute ago', async () => {
    const s = await curtain();
    await s.types('ana', 'ops', 'stop web-1');
    const [posted] = await until(async () => (await s.messages('ops')).length > 0 && s.messages('ops'));
    await s.post('/groups/oncall', { users: ['ana', 'dana'] });
    await s.post('/click', { user: 'dana', channel: 'ops', ts: posted?.ts, action: 'approve' });
    await until(() => s.house.pressed.length === 1);
    expect(s.house.pressed[0]?.actor).toMatchObject({
      groups: expect.arrayContaining([s.slack.groups.oncall, s.slack.groups.leads]),
    });
    expect(await s.front.members(s.slack.groups.oncall as string)).toEqual([
      s.slack.users.ana,
      s.slack.users.dana,
    ]);
  });

  it('is refused while Slack does not say', async () => {
    const s = await curtain();
    await s.post('/faults', { kind: 'error', method: 'users.info', count: 20 });
    await s.types('ana', 'ops', 'stop web-1');
    const [answer] = await until(async () => (await s.ephemeral('ana')).length > 0 && s.ephemeral('ana'));
    expect(answer?.text).toBe('Slack does not tell me who you are, so I did nothing.');
    expect(s.house.handled).toEqual([]);
  });

  it('has no groups where the plan has none', async () => {
    const s = await curtain();
    await s.post('/faults', { kind: 'refuse', method: 'usergroups.list', error: 'plan_upgrade_required' });
    await s.types('ana', 'ops', 'hello');
    await until(() => s.house.handled.length === 1);
    expect(s.house.handled[0]?.actor).toMatchObject({ groups: [] });
  });
});

describe('a click', () => {
  it('on a plan that changed is answered to who clicked', async () => {
    const s = await curtain();
    await s.types('ana', 'ops', 'stop web-1');
    const [posted] = await until(async () => (await s.messages('ops')).length > 0 && s.messages('ops'));
    const forged = {
      user: 'ben',
      channel: 'ops',
      ts: posted?.ts,
      action: 'approve',
      value: 'op-81:old',
      force: true,
    };
    await s.post('/click', forged);
    const [answer] = await until(async () => (await s.ephemeral('ben')).length > 0 && s.ephemeral('ben'));
    expect(answer?.text).toBe('The plan changed. Nothing was decided.');
  });

  it('on a button that never was is answered', async () => {
    const s = await curtain();
    await s.types('ana', 'ops', 'stop web-1');
    const [posted] = await until(async () => (await s.messages('ops')).length > 0 && s.messages('ops'));
    await s.post('/click', {
      user: 'ben',
      channel: 'ops',
      ts: posted?.ts,
      action: 'explode',
      value: 'x',
      force: true,
    });
    const [answer] = await until(async () => (await s.ephemeral('ben')).length > 0 && s.ephemeral('ben'));
    expect(answer?.text).toBe('That button is no longer in use.');
  });

  it('on a button that runs a line is heard whichever of several it is, and answered in private', async () => {
    const s = await curtain();
    await s.types('ana', 'ops', 'warn');
    const [posted] = await until(async () => (await s.messages('ops')).length > 0 && s.messages('ops'));
    for (const action of ['Keep on 22:00', 'Keep on 1 h'])
      await s.post('/click', { user: 'ben', channel: 'ops', ts: posted?.ts, action });
    await until(() => s.house.chosen.length === 2);
    expect([...s.house.chosen].sort()).toEqual(['k1', 'k2']);
    await until(async () => (await s.ephemeral('ben')).some(({ text }) => text === 'You chose k2.'));
    expect((await s.messages('ops'))[0]?.text).toContain('dev goes down');
  });

  it('on a menu puts its answer in the place of the menu', async () => {
    const s = await curtain();
    await s.types('ana', 'ops', 'which');
    const [asked] = await until(async () => (await s.ephemeral('ana')).length > 0 && s.ephemeral('ana'));
    await s.post('/click', { user: 'ana', channel: 'ops', ts: asked?.ts, action: 'choose', option: 'k2' });
    await until(() => s.house.chosen.length === 1);
    const [answer, ...more] = await until(async () => {
      const shown = await s.ephemeral('ana');
      return shown[0]?.text === 'You chose k2.' && shown;
    });
    expect([answer?.text, more]).toEqual(['You chose k2.', []]);
  });

  it('on Break glass asks why, and takes no empty reason', async () => {
    const s = await curtain();
    await s.types('ana', 'ops', 'stop web-1');
    const [posted] = await until(async () => (await s.messages('ops')).length > 0 && s.messages('ops'));
    await s.post('/click', { user: 'dana', channel: 'ops', ts: posted?.ts, action: 'break-glass' });
    const [view] = (
      await until(async () => {
        const found = await s.get('/users/dana/views');
        return found.views.length > 0 && found;
      })
    ).views;
    const short = await s.post('/submit', {
      user: 'dana',
      view_id: view.id,
      values: { reason: '          no' },
    });
    expect(JSON.stringify(short)).toContain('Say why in at least 10 characters.');
    await s.post('/submit', { user: 'dana', view_id: view.id, values: { reason: 'The shop is down' } });
    await until(() => s.house.pressed.length === 1);
    expect(s.house.pressed[0]).toMatchObject({
      verdict: 'break-glass',
      reason: 'The shop is down',
      operation: 'op-81',
      origin: { channel: s.slack.channels.ops },
    });
  });
});

describe('other ways in', () => {
  it('a mention works within a thread', async () => {
    const s = await curtain();
    const { ts } = (await s.post('/message', { user: 'ana', channel: 'shop', text: 'web-1 is slow' })) as {
      ts: string;
    };
    const text = `<@${s.slack.users.lamplighter}> stop web-1`;
    await s.post('/message', { user: 'ana', channel: 'shop', text, thread_ts: ts });
    const reply = await until(async () => (await s.messages('shop'))[0]?.replies?.[1]);
    expect(s.house.handled[0]).toMatchObject({ line: 'stop web-1', origin: { thread: ts } });
    expect(reply.text).toContain('asks to stop web-1.');
  });

  it('a form is offered for a command without its targets, and runs what was filled in', async () => {
    const s = await curtain();
    await s.types('ana', 'ops', 'restart');
    const [answer] = await until(async () => (await s.ephemeral('ana')).length > 0 && s.ephemeral('ana'));
    await s.post('/click', { user: 'ana', channel: 'ops', ts: answer?.ts, action: 'Fill in restart…' });
    const [view] = (
      await until(async () => {
        const found = await s.get('/users/ana/views');
        return found.views.length > 0 && found;
      })
    ).views;
    const targets = 'type-ahead:targets';
    const offered = await s.post('/suggest', {
      user: 'ana',
      view_id: view.id,
      action: targets,
      value: 'web',
    });
    expect(JSON.stringify(offered)).toMatch(/"web".*web-1.*web-2/);
    const empty = await s.post('/submit', { user: 'ana', view_id: view.id, values: {} });
    expect(empty.ok && !empty.response_action).toBe(false);
    const [, web1] = offered.options;
    const values = { [targets]: [web1], switches: ['dry-run'], channel: s.slack.channels.shop };
    const submitted = await s.post('/submit', { user: 'ana', view_id: view.id, values });
    expect(submitted).toMatchObject({ ok: true });
    await until(() => s.house.handled.length === 2);
    expect(s.house.handled[1]).toMatchObject({
      line: 'restart web-1 --dry-run',
      origin: { channel: s.slack.channels.shop },
    });
  });

  it('a bare keep opens its form at once', async () => {
    const s = await curtain();
    await s.types('ana', 'ops', 'keep');
    await until(async () => JSON.stringify(await s.get('/users/ana/views')).includes('keep argument until'));
    expect(s.house.handled).toEqual([]);
  });

  it('the shortcut opens the form, and a pick changes its fields', async () => {
    const s = await curtain();
    await s.post('/shortcut', { user: 'ana', callback_id: 'oci_open' });
    const views = async () => (await s.get('/users/ana/views')).views;
    const [view] = await until(async () => (await views()).length > 0 && views());
    await s.post('/click', { user: 'ana', view_id: view.id, action: 'form-command', option: 'cancel' });
    await until(async () => JSON.stringify(await views()).includes('cancel argument operation'));
  });

  it('the Home tab follows what happens', async () => {
    const s = await curtain();
    await s.post('/open-home', { user: 'ana' });
    const home = async () => JSON.stringify((await s.get('/users/ana/home')).view ?? '');
    await until(async () => (await home()).includes('Nobody waits for your decision.'));
    s.house.contents = { ...s.house.contents, commands: [] };
    s.house.change();
    s.clock.advance(2_000);
    await until(async () => (await home()).includes('Nothing yet: no rule names you.'));
  });
});

describe('bad tokens', () => {
  it.each([
    [{ botToken: 'xoxb-wrong' }, 'Slack refused the bot token (invalid_auth).'],
    [{ appToken: 'xapp-wrong' }, 'Slack refused the app token (invalid_auth).'],
    [{ settings: { team: 'T0OTHER' } }, 'The bot token belongs to the workspace'],
  ] as const)('%o are refused in a sentence', async (options, sentence) => {
    const refused = await stage(options).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Refusal);
    expect(String(refused)).toContain(sentence);
    expect(String(refused)).not.toContain('-wrong');
  });
});

it('what breaks is told to the caller and says nothing of the inside', async () => {
  const s = await curtain();
  await s.types('ana', 'ops', 'break');
  const [answer] = await until(async () => (await s.ephemeral('ana')).length > 0 && s.ephemeral('ana'));
  expect(answer?.text).toMatch(/^Something broke on my side; quote (err-[0-9a-f]{8}) to those who run me\.$/);
  expect(s.logged()).toContain('the house broke');
  expect(s.logged()).toContain(answer?.text.match(/err-\w+/)?.[0]);
});
