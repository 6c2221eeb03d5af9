import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { networkSeed } from '../../deploy/shop.ts';
import { openBrowser, openWindow } from '../../support/browser.ts';
import { bootWorld, type World } from '../../support/world.ts';

let world: World;
let browser: Browser;

beforeAll(async () => {
  [world, browser] = await Promise.all([bootWorld({ withBot: false, seed: networkSeed }), openBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

it('of a network load balancer the side panel counts flows, not requests', async () => {
  const { page, troubles } = await openWindow(browser, world.info.page, { as: 'dana', at: 'ops' });
  await page.getByRole('tab', { name: 'Traffic' }).click();
  const store = page.getByRole('region', { name: 'store-nlb/http' });
  await store.getByRole('listitem', { name: 'store-1: ok' }).waitFor();
  await store.getByText('flows/s').waitFor();
  const { url } = await fetch(`http://${await store.getByRole('link').textContent()}`);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:/);
  await store.getByRole('button', { name: 'Send 40 requests/s' }).click();
  await store.getByText(/^\d+ sent, 0 failed$/).waitFor();
  await store.getByText('1.0.0').first().waitFor();
  await page.context().close();
  expect(troubles).toEqual([]);
});
