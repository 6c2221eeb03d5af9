import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openWindow, type Window } from '../../support/browser.ts';
import { bootWorld, type World } from '../../support/world.ts';

let world: World;
let browser: Browser;

beforeAll(async () => {
  // at real time, which its clock is shown against
  [world, browser] = await Promise.all([bootWorld({ at: new Date().toISOString() }), openBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

const opened: Window[] = [];

async function open(as: string, at: string, width?: number): Promise<Window> {
  const window = await openWindow(browser, world.info.page, { as, at, ...(width ? { width } : {}) });
  opened.push(window);
  await window.page.getByRole('navigation', { name: 'Workspace' }).waitFor();
  return window;
}

afterEach(async () => {
  for (const { page, troubles } of opened.splice(0)) {
    await page.context().close();
    expect(troubles).toEqual([]);
  }
});

describe('a conversation', () => {
  it('offers something to try, and shows the answer to nobody else', async () => {
    const ana = await open('ana', 'general');
    await ana.page.getByRole('button', { name: '/oci help' }).click();
    expect(await ana.composer.inputValue()).toBe('/oci help');
    await ana.composer.press('Enter');
    const answer = ana.messages.getByRole('article', { name: /^Lamplighter at / });
    await answer.getByText('Only visible to you').waitFor();

    await ana.becomes(/^Ben/);
    await ana.page.getByRole('heading', { name: /beginning of #general/ }).waitFor();
    expect(await answer.count()).toBe(0);
  });

  it('completes commands and names, and brings lines back', async () => {
    const { page, composer } = await open('ana', 'random');
    const offers = page.getByRole('listbox', { name: 'Suggestions' });
    await composer.pressSequentially('/o');
    await offers.getByRole('option', { name: /^\/oci / }).waitFor();
    await composer.press('Enter');
    expect(await composer.inputValue()).toBe('/oci ');

    await composer.fill('good morning @be');
    await composer.press('Tab');
    expect(await composer.inputValue()).toBe('good morning @ben ');
    await composer.press('Enter');
    await page
      .getByRole('article', { name: /^Ana Petrov at / })
      .getByText('@Ben Okafor')
      .waitFor();
    expect(await composer.inputValue()).toBe('');
    await composer.press('ArrowUp');
    expect(await composer.inputValue()).toBe('good morning @ben');
  });

  it('has threads', async () => {
    const { page, messages, says } = await open('ana', 'data');
    await says('Is anybody here?');
    const question = messages.getByRole('article').filter({ hasText: 'Is anybody here?' });
    await question.hover();
    await question.getByRole('button', { name: 'Reply in thread' }).click();
    const thread = page.getByRole('complementary', { name: 'Thread' });
    await thread.getByRole('combobox', { name: 'Reply' }).fill('Me.');
    await page.keyboard.press('Enter');
    await thread.getByRole('log').getByText('Me.').waitFor();
    await question.getByRole('button', { name: '1 reply' }).waitFor();
  });

  it('counts what one has not seen', async () => {
    const { page } = await open('chloe', 'ops');
    await page.getByRole('link', { name: 'shop', exact: true }).waitFor();
    await world.as('ben').says('The shop is slow.', { in: 'shop' });
    await page.getByRole('link', { name: 'shop, 1 unread' }).click();
    await page.getByText('The shop is slow.').waitFor();
    await page.getByRole('link', { name: 'shop', exact: true }).waitFor();
  });

  it('shows what was escaped as it was written', async () => {
    const { messages } = await open('ana', 'incidents');
    const text = '*&lt;!channel&gt; nightly* failed at 10:30:45';
    await botSays({ channel: 'incidents', text });
    await messages.getByText('<!channel> nightly', { exact: true }).waitFor();
    await messages.getByText('failed at 10:30:45').waitFor();
  });
});

describe('what the bot asks', () => {
  it('a form: suggestions as one types, faults beside the field, Escape closes it', async () => {
    const { page, messages } = await open('chloe', 'ops');
    const form = page.getByRole('dialog', { name: 'Run a command' });
    const openForm = async () => {
      await page.getByRole('button', { name: 'Shortcuts' }).first().click();
      await page.getByRole('menuitem', { name: /^Run a cloud command/ }).click();
      await form.waitFor();
    };
    await openForm();
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });

    await openForm();
    await form.getByRole('button', { name: /^Command/ }).click();
    await page.getByRole('option', { name: /^stop/ }).click();
    const target = form.getByRole('button', { name: /^target/ });
    await target.waitFor();
    await form.getByRole('button', { name: 'Run' }).click();
    await form.getByRole('alert').filter({ hasText: 'required' }).waitFor();

    await target.click();
    await page.getByRole('combobox', { name: 'Search target' }).fill('web-2');
    await page.getByRole('option', { name: /^web-2/ }).click();
    await page.keyboard.press('Escape');
    await form.getByRole('button', { name: 'Remove web-2' }).waitFor();
    await form.getByRole('checkbox', { name: /^--dry-run/ }).check();
    await form.getByRole('button', { name: 'Run' }).click();
    await form.waitFor({ state: 'detached' });
    await messages
      .getByText(/dry run/i)
      .first()
      .waitFor();
  });

  it('buttons of the same name: the one that is pressed', async () => {
    for (const name of ['web-1', 'web-2']) {
      await world.as('ana').types(`/oci stop ${name}`, { in: 'ops' });
      await world.channel('ops').shows(new RegExp(`asks to stop ${name}`));
    }
    const ben = await open('ben', 'app/home');
    const home = ben.page.getByRole('tabpanel', { name: 'Home' });
    await home.getByText('web-2').first().waitFor();
    const shown = (await home.textContent()) ?? '';
    const [pressed, left] =
      shown.indexOf('web-1') < shown.indexOf('web-2') ? ['web-2', 'web-1'] : ['web-1', 'web-2'];
    await home.getByRole('button', { name: 'Approve' }).last().click();
    await ben
      .resource(pressed)
      .getByText(/^stopp/)
      .waitFor();
    expect(await ben.resource(left).textContent()).toContain('running');
  });
});

describe('around the conversation', () => {
  it('the side panel follows the cloud, and says what was called', async () => {
    const { page, resource } = await open('dana', 'ops');
    await resource('vpn-gateway').getByText('running').waitFor();
    const [gateway] = await world.oci.resources({ name: 'vpn-gateway' });
    await world.call('POST', `/control/oci/resources/${gateway?.ocid}`, { state: 'STOPPING' });
    await resource('vpn-gateway').getByText('stopping').waitFor();

    await page.getByRole('searchbox', { name: /^Filter by name/ }).fill('kind vpn');
    await page.getByText('Nothing has “kind vpn”.').waitFor();
    await page.getByRole('searchbox', { name: /^Filter by name/ }).fill('env=prod vpn');
    await resource('vpn-gateway').waitFor();

    await world.as('dana').types('/oci inspect vpn-gateway', { in: 'ops' });
    await page.getByRole('tab', { name: 'Requests' }).click();
    await page.getByText('GetInstance').first().click();
    await page.getByText('opc-request-id').filter({ visible: true }).waitFor();
  });

  it('the side panel shows what flows: who answers, how well, and a public at will', async () => {
    const { page } = await open('dana', 'ops');
    await page.getByRole('tab', { name: 'Traffic' }).click();
    const store = page.getByRole('region', { name: 'store-lb/http' });
    await store.getByRole('listitem', { name: 'store-1: ok' }).waitFor();
    await store.getByRole('button', { name: 'Send 40 requests/s' }).click();
    await store.getByText('100 %').waitFor();
    await store.getByText(/^\d+ sent, 0 failed$/).waitFor();
    await store.getByRole('button', { name: 'Stop sending' }).click();
    await store.getByRole('button', { name: 'Send 40 requests/s' }).waitFor();
  });

  it('the keyboard goes everywhere: Ctrl+K, a few letters, Enter', async () => {
    const { page } = await open('ana', 'ops');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('gen');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'general', exact: true }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Go to' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Go to' }).waitFor({ state: 'detached' });
  });

  it('a direct message is announced, wherever one is', async () => {
    const { page } = await open('ana', 'general');
    await page.getByRole('link', { name: 'Lamplighter messages' }).waitFor();
    await botSays({ channel: 'U0ANAPETROV', text: 'Your turn.' });
    const toast = page.getByRole('status').filter({ hasText: 'Lamplighter wrote to you' });
    await toast.getByRole('button', { name: 'Show' }).click();
    await page.getByRole('log', { name: 'Messages in Lamplighter' }).getByText('Your turn.').waitFor();
  });

  it('the clock moves, faults are armed and the bot is killed from the top bar', async () => {
    const { page } = await open('ana', 'ops');
    const before = world.clock.now();
    await page.getByRole('button', { name: /^Sandbox time/ }).click();
    await page.getByRole('menuitem', { name: 'Advance by 5 minutes' }).click();
    await page.getByRole('button', { name: /5 min ahead/ }).waitFor();
    expect(world.clock.now() - before).toBeGreaterThanOrEqual(300_000);

    await page.getByRole('button', { name: 'Faults' }).click();
    await page.getByRole('menuitem', { name: /^Out of host capacity/ }).click();
    await page.getByRole('button', { name: 'Faults: 1 armed' }).click();
    await page.getByRole('menuitem', { name: 'Clear all faults' }).click();
    await page.getByRole('button', { name: 'Faults', exact: true }).waitFor();

    const { pid } = world.bot.status();
    await page.getByRole('button', { name: /^Bot: / }).click();
    await page.getByRole('menuitem', { name: /^Kill/ }).click();
    await world.until(() => world.bot.status().running && world.bot.status().pid !== pid);
    await page.getByRole('button', { name: 'Bot: running' }).waitFor();
  });

  it('at 800 pixels the cloud is a drawer, and nothing is wider than the window', async () => {
    const { page } = await open('ana', 'ops', 800);
    const cloud = page.getByRole('complementary', { name: 'Oracle Cloud' });
    expect(await cloud.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Oracle Cloud' }).click();
    await cloud.waitFor();
    await cloud.getByRole('button', { name: 'Close Oracle Cloud' }).click();
    await cloud.waitFor({ state: 'hidden' });
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });

  it('everything that can be used has a name', async () => {
    const { page } = await open('ana', 'ops');
    await page.getByRole('button', { name: 'Faults' }).waitFor();
    const nameless = await page.evaluate(
      `[...document.querySelectorAll('button, input, textarea, a')]
        .filter((each) => !(each.ariaLabel ?? each.textContent ?? '').trim() && !each.labels?.length)
        .map((each) => each.outerHTML)`,
    );
    expect(nameless).toEqual([]);
  });
});

/** As any app with the bot's token could. */
async function botSays(body: { readonly channel: string; readonly text: string }): Promise<void> {
  const { apiUrl, botToken, channels } = world.info.slack;
  const response = await fetch(`${apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${botToken}`, 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ ...body, channel: channels[body.channel] ?? body.channel }),
  });
  expect(await response.json()).toMatchObject({ ok: true });
}
