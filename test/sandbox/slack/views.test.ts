import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Json, type Shown, socketApp, type World, world } from './support.ts';

let here: World;
let app: App;
/** The latest view payload that the app was sent. */
let sent: Json = {};
let lastTrigger = '';

const plain = (text: string) => ({ type: 'plain_text', text }) as const;
const option = (value: string) => ({ text: plain(value.toUpperCase()), value });

const form: ModalView = {
  type: 'modal',
  callback_id: 'form',
  private_metadata: 'op-1',
  title: plain('Break glass'),
  submit: plain('Send'),
  notify_on_close: true,
  blocks: [
    {
      type: 'input',
      block_id: 'why',
      label: plain('Reason'),
      element: { type: 'plain_text_input', action_id: 'reason', min_length: 3 },
    },
    {
      type: 'input',
      block_id: 'target',
      label: plain('Target'),
      optional: true,
      element: { type: 'external_select', action_id: 'target', min_query_length: 1 },
    },
    {
      type: 'input',
      block_id: 'env',
      label: plain('Environment'),
      element: {
        type: 'static_select',
        action_id: 'env',
        options: [option('dev'), option('prod')],
        initial_option: option('dev'),
      },
    },
    {
      type: 'input',
      block_id: 'who',
      label: plain('Who'),
      optional: true,
      element: { type: 'multi_users_select', action_id: 'who' },
    },
  ],
};

const note = (text: string): ModalView => ({ type: 'modal', title: plain(text), blocks: [] });

beforeAll(async () => {
  here = await world({ limits: 'off', timing: { trigger: 600 } });
  app = await socketApp(here.slack, (bolt) => {
    bolt.command('/oci', async ({ ack, body, client }) => {
      await ack();
      lastTrigger = body.trigger_id;
      if (body.text === 'form') await client.views.open({ trigger_id: body.trigger_id, view: form });
    });
    bolt.view('form', async ({ ack, body, view }) => {
      sent = { ...body };
      const reason = view.state.values.why?.reason?.value;
      if (reason === 'errors') return ack({ response_action: 'errors', errors: { why: 'Say more.' } });
      if (reason === 'stray') return ack({ response_action: 'errors', errors: { nowhere: 'x' } });
      if (reason === 'update')
        return ack({ response_action: 'update', view: { ...note('Updated'), callback_id: 'form' } });
      if (reason === 'push') return ack({ response_action: 'push', view: note('Pushed') });
      if (reason === 'clear') return ack({ response_action: 'clear' });
      await ack();
    });
    bolt.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack, body }) => {
      await ack();
      sent = { ...body };
    });
    bolt.options('target', async ({ ack, options }) => {
      await ack({ options: ['web-1', 'web-2'].filter((name) => name.includes(options.value)).map(option) });
    });
    bolt.event('app_home_opened', async ({ event, client }) => {
      await client.views.publish({
        user_id: event.user,
        view: {
          type: 'home',
          blocks: [
            { type: 'actions', elements: [{ type: 'button', action_id: 'again', text: plain('Again') }] },
          ],
        },
      });
    });
    bolt.action('again', async ({ ack, body }) => {
      await ack();
      sent = { ...body };
    });
    bolt.shortcut('oci_open', async ({ ack, shortcut, client }) => {
      await ack();
      await client.views.open({ trigger_id: shortcut.trigger_id, view: note(shortcut.type) });
    });
  });
});
beforeEach(() => here.slack.reset());
afterAll(async () => {
  await app.stop();
  await here.slack.close();
});

async function opened(): Promise<string> {
  await here.post('/command', { user: 'ana', channel: 'ops', text: '/oci form' });
  await expect.poll(() => titles()).toEqual(['Break glass']);
  const [view] = (await here.get('/users/ana/views')).views ?? [];
  return String(view?.id);
}

const titles = async () =>
  (await here.get('/users/ana/views')).views?.map((view) => (view.title as Shown | undefined)?.text);
const submit = (view_id: string, values: Json) => here.post('/submit', { user: 'ana', view_id, values });

describe('a submission', () => {
  test('carries every field in Slack’s shape, by action_id or label, and closes the modal', async () => {
    const view_id = await opened();
    const suggested = await here.post('/suggest', { user: 'ana', view_id, action: 'target', value: 'web-2' });
    const [target] = suggested.options as Json[];
    expect(
      await submit(view_id, { reason: 'fire', Target: target, who: ['ben', 'U0DANAWEISS'] }),
    ).toMatchObject({ ok: true });
    expect(sent).toMatchObject({
      type: 'view_submission',
      user: { id: 'U0ANAPETROV' },
      view: {
        private_metadata: 'op-1',
        callback_id: 'form',
        state: {
          values: {
            why: { reason: { type: 'plain_text_input', value: 'fire' } },
            target: { target: { type: 'external_select', selected_option: { value: 'web-2' } } },
            env: { env: { type: 'static_select', selected_option: { value: 'dev' } } },
            who: { who: { type: 'multi_users_select', selected_users: ['U0BENOKAFOR', 'U0DANAWEISS'] } },
          },
        },
      },
    });
    expect(await titles()).toEqual([]);
  });

  test('that lacks a required field never leaves the client', async () => {
    const view_id = await opened();
    expect(await submit(view_id, {})).toMatchObject({
      ok: false,
      error: 'invalid_form',
      errors: { why: expect.any(String) },
    });
    expect(await submit(view_id, { reason: 'no' })).toMatchObject({ ok: false, error: 'invalid_form' });
    expect(await submit(view_id, { env: 'moon' })).toMatchObject({ ok: false, error: 'no_such_option' });
    expect(await submit(view_id, { nothing: 'x' })).toMatchObject({ ok: false, error: 'no_such_field' });
  });

  test.each([
    ['errors', { ok: false, error: 'view_errors', errors: { why: 'Say more.' } }, ['Break glass']],
    ['stray', { ok: false, error: 'invalid_response_action' }, ['Break glass']],
    ['update', { ok: true }, ['Updated']],
    ['push', { ok: true }, ['Break glass', 'Pushed']],
    ['clear', { ok: true }, []],
  ])('answered with %s', async (reason, answer, left) => {
    const view_id = await opened();
    expect(await submit(view_id, { reason })).toMatchObject(answer);
    expect(await titles()).toEqual(left);
  });

  test('by somebody else is none', async () => {
    const view_id = await opened();
    expect(await here.post('/submit', { user: 'ben', view_id })).toMatchObject({
      ok: false,
      error: 'no_such_view',
    });
  });
});

test('closing is told to the app that asked for it', async () => {
  const view_id = await opened();
  expect(await here.post('/close', { user: 'ana', view_id })).toMatchObject({
    ok: true,
    notified: 1,
    acked: true,
  });
  expect(sent).toMatchObject({ type: 'view_closed', is_cleared: false, view: { id: view_id } });
});

describe('a trigger id', () => {
  const view = note('x');
  const open = (trigger_id: string) => here.api('views.open', { trigger_id, view });

  test('is good for one view', async () => {
    await here.post('/command', { user: 'ana', channel: 'ops', text: '/oci' });
    expect(await open(lastTrigger)).toMatchObject({ ok: true });
    expect(await open(lastTrigger)).toMatchObject({ error: 'exchanged_trigger_id' });
    expect(await open('1.2.3')).toMatchObject({ error: 'invalid_trigger_id' });
  });

  test('expires', async () => {
    await here.post('/command', { user: 'ana', channel: 'ops', text: '/oci' });
    await new Promise((resolve) => setTimeout(resolve, 650));
    expect(await open(lastTrigger)).toMatchObject({ error: 'expired_trigger_id' });
  });
});

describe('a view', () => {
  test('is updated by id and hash', async () => {
    const view_id = await opened();
    const [before] = (await here.get('/users/ana/views')).views ?? [];
    const change = { view_id, view: note('New'), hash: before?.hash };
    expect(await here.api('views.update', change)).toMatchObject({ ok: true });
    expect(await here.api('views.update', change)).toMatchObject({ error: 'hash_conflict' });
    expect(await here.api('views.update', { ...change, view_id: 'V0' })).toMatchObject({
      error: 'not_found',
    });
  });

  test.each([
    [{ ...note('x'), private_metadata: 'x'.repeat(3001) }, 'invalid_arguments'],
    [
      {
        ...note('x'),
        blocks: Array.from({ length: 100 }, () => ({
          type: 'section',
          text: { type: 'mrkdwn', text: 'x'.repeat(2900) },
        })),
      },
      'view_too_large',
    ],
    [{ type: 'modal' }, 'invalid_arguments'],
  ])('that is wrong is refused', async (view, error) => {
    await here.post('/command', { user: 'ana', channel: 'ops', text: '/oci' });
    expect(await here.api('views.open', { trigger_id: lastTrigger, view })).toMatchObject({
      ok: false,
      error,
    });
  });

  test('stands on at most two others', async () => {
    await opened();
    const push = async () => {
      await here.post('/command', { user: 'ana', channel: 'ops', text: '/oci' });
      return here.api('views.push', { trigger_id: lastTrigger, view: note('On top') });
    };
    expect(await push()).toMatchObject({ ok: true });
    expect(await push()).toMatchObject({ ok: true });
    expect(await push()).toMatchObject({ error: 'push_limit_reached' });
  });
});

test('the home is published when it is opened, and its buttons work', async () => {
  expect(await here.post('/open-home', { user: 'ana' })).toMatchObject({ ok: true, acked: true });
  await expect.poll(async () => (await here.get('/users/ana/home')).view).toMatchObject({ type: 'home' });
  expect(await here.post('/click', { user: 'ana', action: 'Again' })).toMatchObject({ ok: true });
  expect(sent).toMatchObject({ type: 'block_actions', container: { type: 'view' }, view: { type: 'home' } });
  expect((await here.get('/users/ben/home')).view).toBeNull();
});

test.each([
  ['shortcut', {}],
  ['message_action', { channel: 'ops' }],
])('a %s opens a modal', async (type, more) => {
  const { ts } = await here.post('/message', { user: 'ana', channel: 'ops', text: 'look' });
  const at = type === 'shortcut' ? {} : { ts };
  await here.post('/shortcut', { user: 'ana', callback_id: 'oci_open', ...more, ...at });
  await expect.poll(titles).toEqual([type]);
});

test('a menu of conversations starts where one is, and brings a response_url for the chosen one', async () => {
  const chosen: ModalView = {
    ...form,
    blocks: [
      {
        type: 'input',
        block_id: 'where',
        label: plain('Where'),
        element: {
          type: 'conversations_select',
          action_id: 'channel',
          response_url_enabled: true,
          default_to_current_conversation: true,
        },
      },
    ],
  };
  await here.post('/command', { user: 'ana', channel: 'shop', text: 'x' });
  const { view } = await here.api('views.open', { trigger_id: lastTrigger, view: chosen });
  const view_id = String((view as Shown).id);
  await here.post('/submit', { user: 'ana', view_id, values: {} });
  const urls = sent.response_urls as Json[];
  expect(urls).toMatchObject([{ block_id: 'where', action_id: 'channel', channel_id: 'C0SHOP00000' }]);
  const body = JSON.stringify({ text: 'Done', response_type: 'in_channel' });
  expect((await fetch(String(urls[0]?.response_url), { method: 'POST', body })).status).toBe(200);
  expect((await here.get('/channels/shop/messages')).messages).toMatchObject([{ text: 'Done' }]);
});
