import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../../src/root.ts';
import { openBrowser, openWindow, type Window } from '../support/browser.ts';
import { bootWorld, type World } from '../support/world.ts';

/** A canary as a person lives it: the form, the card, the traffic of two versions, the gate that fails, and the way back. */

const shots = join(packageRoot, 'dist/screenshots');
const image = 'fra.ocir.io/lamplight/store:1.6.0-errors-80';
let world: World;
let browser: Browser;
let window: Window;

beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  world = await bootWorld();
  await world.call('POST', '/control/oci/images', { image });
  await world.call('POST', '/control/oci/traffic/load', {
    listener: 'store-lb/http',
    connections: 10,
    rate: 40,
  });
  browser = await openBrowser();
  window = await openWindow(browser, world.info.page, { as: 'ana', at: 'ops' });
});
afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

const shot = (name: string) => window.page.screenshot({ path: join(shots, `deploy-${name}.png`) });
const said = (pattern: RegExp) => window.messages.getByText(pattern).first();
/** Moves the clock on until it is there. */
const until = (what: Locator, step: string) =>
  world.until(
    async () => {
      if ((await what.count()) > 0) return true;
      await world.clock.advance(step);
      return undefined;
    },
    `${what} on the page`,
    50_000,
  );

test('a line without more opens the form, which offers the tags of the app', async () => {
  const { page } = window;
  await window.says('/oci deploy');
  const form = page.getByRole('dialog');
  await form.getByText('Run a command').first().waitFor();
  await form.getByRole('button', { name: /^app/ }).click();
  await page.getByRole('option', { name: /store/ }).first().click();
  const newest = page.getByRole('option', { name: /1\.6\.0-errors-80/ }).first();
  await world.until(async () => {
    // a suggestion that takes Slack too long is asked for again when the menu is opened again
    await form.getByRole('button', { name: /^image/ }).click();
    return newest.waitFor({ timeout: 3_500 }).then(
      () => true,
      () =>
        form
          .getByRole('button', { name: /^image/ })
          .click()
          .then(() => undefined),
    );
  }, 'the tags of store');
  await shot('form');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await form.waitFor({ state: 'detached' });
});

test('a canary whose gate fails goes back by itself', async () => {
  const { page } = window;
  await window.says('/oci deploy store image=1.6.0-errors-80');
  await said(/asks to deploy store 1\.6\.0-errors-80/).waitFor();
  await shot('card');
  await window.becomes(/Ben/);
  await window.messages.getByRole('button', { name: 'Approve' }).click();
  await page.getByRole('tab', { name: 'Traffic' }).click();
  await until(said(/hold at 25 %|taking it back/), '5s');
  const versions = page.getByRole('figure', { name: 'Versions' }).first();
  await until(versions.getByText('1.6.0-errors-80'), '1s');
  await versions.getByText('1.4.1').waitFor();
  await shot('canary');
  await until(said(/taking it back|taken back/), '2s');
  await shot('back');
  await until(said(/– taken back: gate answers/), '5s');
  await shot('undone');
  expect(await window.messages.getByRole('button', { name: 'Abort' }).count()).toBe(0);
  await window.messages.getByRole('button', { name: /repl/ }).first().click();
  await page
    .getByText(/Taking it back: gate answers/)
    .first()
    .waitFor();
  await shot('thread');
});

test('a deploy that gets on is told in one message to its end', async () => {
  await window.becomes(/Ana/);
  await window.says('/oci deploy store image=1.4.2 blue-green');
  await said(/asks to deploy store 1\.4\.2/).waitFor();
  await window.becomes(/Ben/);
  await window.messages.getByRole('button', { name: 'Approve' }).last().click();
  await until(said(/deploy store 1\.4\.2 – done in /), '10s');
  await shot('done');
  await window.says('/oci releases store');
  await said(/store runs version 2, 1\.4\.2/).waitFor();
  await shot('releases');
  expect(window.troubles).toEqual([]);
});
