import { describe, expect, it } from 'vitest';
import type { Letter } from '../../../src/core/letter.ts';
import { letter, type Shown, type Stage, stages, until } from '../kit.ts';

const curtain = stages();

const inChannel = (s: Stage, name: string, more: object = {}): Letter['to'] => ({
  kind: 'channel',
  channel: s.slack.channels[name] ?? name,
  ...more,
});
const texts = (messages: readonly Shown[]) => messages.map(({ text }) => text);
const calls = async (s: Stage, method: string) => (await s.get(`/requests?method=${method}`)).requests.length;

/** Until nothing waits any more, moving time on as a person would wait. */
async function quiet(s: Stage): Promise<void> {
  await until(async () => {
    if ((await s.outbox.unsent()) === 0) return true;
    s.clock.advance(5_000);
    return false;
  });
}

describe('a post', () => {
  it.each([
    ['with a history scope', undefined],
    ['without one', ['chat:write', 'chat:write.public', 'users:read', 'usergroups:read', 'im:write']],
  ])('whose reply is lost is not doubled, %s', async (_, scopes) => {
    const s = await curtain();
    if (scopes) await s.post('/settings', { scopes });
    await s.post('/faults', { kind: 'lost_reply', method: 'chat.postMessage', count: 2 });
    await s.outbox.put(letter('a', inChannel(s, 'ops'), 'Once.'));
    await quiet(s);
    expect(texts(await s.messages('ops'))).toEqual(['Once.']);
    // with a history it is found after the first try, without one it is tried until Slack answers
    expect(await calls(s, 'chat.postMessage')).toBe(scopes ? 3 : 1);
    await s.outbox.put(letter('a', inChannel(s, 'ops'), 'Once, edited.'));
    await quiet(s);
    expect(texts(await s.messages('ops'))).toEqual(['Once, edited.']);
  });

  it.each([
    { kind: 'error', status: 503 },
    { kind: 'drop' },
    { kind: 'ratelimit', retry_after: 30 },
    { kind: 'refuse', error: 'internal_error' },
    { kind: 'refuse', error: 'invalid_auth' },
  ])('that Slack does not take ($kind $error$status) comes later', async (fault) => {
    const s = await curtain();
    await s.post('/faults', { method: 'chat.postMessage', count: 3, ...fault });
    await s.outbox.put(letter('a', inChannel(s, 'ops'), 'Late.'));
    await quiet(s);
    expect(texts(await s.messages('ops'))).toEqual(['Late.']);
  });

  it('that has to wait holds up nobody elsewhere', async () => {
    const s = await curtain();
    await s.post('/faults', { kind: 'ratelimit', method: 'chat.postMessage', retry_after: 600 });
    await s.outbox.put(letter('a', inChannel(s, 'ops'), 'Waits.'));
    await until(async () => (await calls(s, 'chat.postMessage')) === 1);
    await s.outbox.put(letter('b', inChannel(s, 'shop'), 'Goes.'));
    await until(async () => (await s.messages('shop')).length === 1);
    expect(await s.messages('ops')).toEqual([]);
    s.clock.advance(600_000);
    await until(async () => (await s.messages('ops')).length === 1);
  });

  it('in a busy channel keeps its turn and its order', async () => {
    const s = await curtain();
    const all = Array.from({ length: 12 }, (_, n) => `Message ${n}.`);
    for (const text of all) await s.outbox.put(letter(text, inChannel(s, 'ops'), text));
    await quiet(s);
    expect(texts(await s.messages('ops'))).toEqual(all);
    const { requests } = await s.get('/requests?method=chat.postMessage');
    expect(requests.every(({ status }: { status: number }) => status === 200)).toBe(true);
  });

  it('mentions nobody who is only named', async () => {
    const s = await curtain();
    await s.outbox.put(letter('a', inChannel(s, 'ops'), 'Stop <!channel>.'));
    await quiet(s);
    const [message] = await s.messages('ops');
    expect(message?.text).toBe('Stop &lt;!channel&gt;.');
    expect(JSON.stringify(message?.blocks)).not.toContain('<!channel>');
  });
});

describe('an edit', () => {
  it('comes at most every 2 s, the newest content last', async () => {
    const s = await curtain();
    const say = (n: number) => s.outbox.put(letter('a', inChannel(s, 'ops'), `${n} of 20.`));
    await say(0);
    await until(async () => (await s.messages('ops')).length === 1);
    for (let n = 1; n <= 20; n++) await say(n);
    expect(await calls(s, 'chat.update')).toBe(0);
    s.clock.advance(2_000);
    await until(async () => texts(await s.messages('ops'))[0] === '20 of 20.');
    expect(await calls(s, 'chat.update')).toBe(1);
  });

  it('of a message that somebody deleted becomes a new message, once', async () => {
    const s = await curtain();
    const remove = async () => {
      const [message] = await s.messages('ops');
      await s.slack.control.request(`/channels/ops/messages/${message?.ts}`, { method: 'DELETE' });
    };
    await s.outbox.put(letter('a', inChannel(s, 'ops'), 'First.'));
    await quiet(s);
    await remove();
    await s.outbox.put(letter('a', inChannel(s, 'ops'), 'Second.'));
    await quiet(s);
    expect(texts(await s.messages('ops'))).toEqual(['Second.']);
    await remove();
    await s.outbox.put(letter('a', inChannel(s, 'ops'), 'Third.'));
    await quiet(s);
    expect(await s.messages('ops')).toEqual([]);
  });

  it('whose reply is lost is repeated', async () => {
    const s = await curtain();
    await s.outbox.put(letter('a', inChannel(s, 'ops'), 'First.'));
    await quiet(s);
    await s.post('/faults', { kind: 'lost_reply', method: 'chat.update' });
    await s.outbox.put(letter('a', inChannel(s, 'ops'), 'Second.'));
    await quiet(s);
    expect(texts(await s.messages('ops'))).toEqual(['Second.']);
  });
});

describe('Slack away for two minutes', () => {
  it('loses nothing, doubles nothing and keeps the order of each message', async () => {
    const s = await curtain();
    await s.outbox.put(letter('op-1', inChannel(s, 'ops'), 'Running.'));
    await quiet(s);
    await s.post('/faults', { kind: 'away', seconds: 120 });
    await s.outbox.put(letter('op-1', inChannel(s, 'ops'), 'Done.'));
    await s.outbox.put(letter('op-1#end', { kind: 'thread', of: 'op-1' }, 'All is well.'));
    await s.outbox.put(letter('op-2', inChannel(s, 'ops'), 'Waiting.'));
    await s.outbox.put(letter('op-2#reminder', { kind: 'thread', of: 'op-2' }, 'Still waiting.'));
    await quiet(s);
    const messages = await s.messages('ops');
    expect(messages.map(({ text, replies = [] }) => [text, ...texts(replies)])).toEqual([
      ['Done.', 'All is well.'],
      ['Waiting.', 'Still waiting.'],
    ]);
    await until(() => s.front.ready());
    await until(async () => (await s.types('ana', 'ops', 'back')).acked === true);
  });

  it('keeps what waits over a restart', async () => {
    const s = await curtain();
    await s.post('/faults', { kind: 'error', method: 'chat.postMessage', count: 1_000 });
    await s.outbox.put(letter('op-1', inChannel(s, 'ops'), 'Kept.'));
    await until(async () => (await calls(s, 'chat.postMessage')) > 0);
    await s.restart();
    await s.slack.control.request('/faults', { method: 'DELETE' });
    await quiet(s);
    expect(texts(await s.messages('ops'))).toEqual(['Kept.']);
  });
});

describe('where it cannot be said', () => {
  it.each(['archived', 'gone'])('a channel that is %s: the person gets it with the reason', async (how) => {
    const s = await curtain();
    if (how === 'archived') await s.post('/channels/shop', { archived: true });
    const to = {
      ...inChannel(s, how === 'gone' ? 'C0NOTTHERE0' : 'shop'),
      user: s.slack.users.ana as string,
    };
    await s.outbox.put({ ...letter('op-1', to, 'Running.') });
    await quiet(s);
    const dm = async () => (await s.get('/users/ana/dm')).messages;
    const [message] = await dm();
    expect(message.text).toBe('Running.');
    const reason = how === 'archived' ? 'it is archived' : 'I cannot see it';
    expect(JSON.stringify(message.blocks)).toContain(`because ${reason}`);
    await s.outbox.put({ ...letter('op-1', to, 'Done.') });
    await quiet(s);
    expect(texts(await dm())).toEqual(['Done.']);
  });

  it('a response URL that is used up: as a direct message', async () => {
    const s = await curtain();
    const { response_url: url } = await s.types('ana', 'ops', 'hello');
    const to = { kind: 'response' as const, url, channel: '', user: s.slack.users.ana as string };
    for (let n = 1; n <= 6; n++) {
      await s.outbox.put(letter(`answer ${n}`, to, `Answer ${n}.`));
      await quiet(s);
    }
    expect(texts((await s.get('/users/ana/dm')).messages)).toEqual(['Answer 5.', 'Answer 6.']);
  });

  it('nobody to tell: the letter is dead and said so in the log', async () => {
    const s = await curtain();
    await s.outbox.put(letter('a', inChannel(s, 'C0NOTTHERE0'), 'Lost.'));
    await quiet(s);
    expect(s.front.deliveries().dead).toBe(1);
    expect(s.logged()).toContain('C0NOTTHERE0 is closed to me: I cannot see it');
  });
});

describe('what does not fit', () => {
  it('a table of 500 rows comes as a file to who asked', async () => {
    const s = await curtain();
    await s.types('ana', 'ops', 'list 500');
    const [answer] = await until(async () => (await s.ephemeral('ana')).length > 0 && s.ephemeral('ana'));
    expect(JSON.stringify(answer?.blocks)).toContain('all 500 are in table.csv');
    const shared = await until(async () =>
      JSON.stringify((await s.get('/users/ana/dm')).messages).includes('table.csv'),
    );
    expect(shared).toBe(true);
  });

  it('a long log comes as a file in the thread', async () => {
    const s = await curtain();
    const text = Array.from({ length: 900 }, (_, n) => `line ${n}`).join('\n');
    await s.outbox.put(
      letter('a', inChannel(s, 'ops'), 'The logs of web-1.', {
        blocks: [{ type: 'code', name: 'web-1.log', text }],
      }),
    );
    await quiet(s);
    const [message] = await s.messages('ops');
    expect(JSON.stringify(message?.blocks)).toContain('line 899');
    expect(JSON.stringify(message?.replies)).toContain('web-1.log');
  });

  it('blocks that Slack refuses are said in plain words, with the buttons', async () => {
    const s = await curtain();
    await s.post('/faults', { kind: 'refuse', method: 'chat.postMessage', error: 'invalid_blocks' });
    await s.outbox.put(
      letter('a', inChannel(s, 'ops'), 'Stop 2 instances.', {
        blocks: [{ type: 'table', columns: [{ label: 'Name' }], rows: [['web-1'], ['web-2']] }],
        actions: [{ type: 'button', id: 'approve', label: 'Approve', value: 'op-1:d' }],
      }),
    );
    await quiet(s);
    const [message] = await s.messages('ops');
    expect(message?.blocks.map(({ type }) => type)).toEqual(['section', 'actions']);
    expect(message?.blocks[0].text.text).toContain('web-2');
  });
});

it('tokens and response URLs are in no line of the log', async () => {
  const s = await curtain();
  await s.post('/faults', { kind: 'error', method: '*', probability: 0.3 });
  for (const line of ['hello', 'stop web-1', 'list 300', 'break']) await s.types('ana', 'ops', line);
  await s.slack.control.request('/faults', { method: 'DELETE' });
  await quiet(s);
  for (const secret of [s.slack.botToken, s.slack.appToken, '/commands/T0LAMPLIGHT/', 'ticket='])
    expect(s.logged()).not.toContain(secret);
});
