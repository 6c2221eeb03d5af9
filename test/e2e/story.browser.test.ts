import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../../src/root.ts';
import { bootWorld, type World } from '../support/world.ts';

/** The story of story.test.ts as a person lives it: with a keyboard and a mouse, in a real browser. */

const shots = join(packageRoot, 'dist/screenshots');
let world: World;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  world = await bootWorld();
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(world.info.page);
});
afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

const type = async (line: string) => {
  const composer = page.getByRole('combobox', { name: 'Message #ops' });
  await composer.fill(line);
  await composer.press('Enter');
};
const become = async (name: string) => {
  await page.getByRole('button', { name: /You are/ }).click();
  await page.getByRole('menuitemradio', { name: new RegExp(name) }).click();
};
const shot = (name: string, width = 1280, height = 800) =>
  page
    .setViewportSize({ width, height })
    .then(() => page.screenshot({ path: join(shots, `${name}-${width}.png`) }));
const messages = () => page.getByRole('log', { name: /ops/ });
const resource = (name: string, state: string) =>
  page.getByRole('complementary', { name: 'Oracle Cloud' }).getByLabel(`${name}: ${state}`, { exact: true });

test('help is for the caller alone', async () => {
  await type('/oci help');
  await messages().getByText('This is what you can do here.').waitFor();
  await messages().getByText('Only visible to you').first().waitFor();
  await shot('help');
});

test('a list is a table', async () => {
  await type('/oci list instances env=dev');
  await messages().getByRole('table').last().getByText('web-1').waitFor();
  await shot('list');
});

test('from the plan to done, in one message, while the cloud changes beside it', async () => {
  await resource('web-1', 'running').waitFor();
  await type('/oci stop app=shop env=dev');
  const approve = messages().getByRole('button', { name: 'Approve' });
  await approve.waitFor();
  await shot('waiting');
  await shot('waiting', 800, 900);
  await page.setViewportSize({ width: 1280, height: 800 });

  await approve.click();
  await messages().getByText('You asked for this yourself; somebody else must approve it.').waitFor();

  await become('Ben');
  await messages().getByRole('button', { name: 'Approve' }).click();
  await messages()
    .getByText(/running, \d of 4 done/)
    .first()
    .waitFor();
  await resource('web-1', 'stopping').waitFor();
  await shot('running');

  for (let at = 0; at < 12; at++) await world.clock.advance('5s');
  await messages()
    .getByText(/done in /)
    .first()
    .waitFor();
  await resource('web-1', 'stopped').waitFor();
  await shot('done');
  expect(await messages().getByRole('button', { name: 'Approve' }).count()).toBe(0);
  expect(await messages().getByText('asks to stop').count()).toBe(0);
});

test('the App Home greets and lists what one may do', async () => {
  await page.getByRole('link', { name: 'Lamplighter home' }).click();
  await page.getByRole('tabpanel', { name: 'Home' }).waitFor();
  await page.getByRole('tabpanel', { name: 'Home' }).getByText('list').first().waitFor();
  await shot('home');
});
