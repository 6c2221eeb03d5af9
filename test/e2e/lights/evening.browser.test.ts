import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../../../src/root.ts';
import { openBrowser, openWindow, type Window } from '../../support/browser.ts';
import { bootWorld, type World } from '../../support/world.ts';

/** The evening as a person lives it in the sandbox: the clock in the top bar, a warning, a word, a report. */

const shots = join(packageRoot, 'dist/screenshots');
let world: World;
let browser: Browser;
let ana: Window;

beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  // a Wednesday
  world = await bootWorld({ at: '2026-12-02T12:00:00Z' });
  await world.lights.looked();
  browser = await openBrowser();
  ana = await openWindow(browser, world.info.page, { as: 'ana', at: 'shop' });
});
afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

const goTo = async (time: string) => {
  await ana.page.getByRole('button', { name: /^Sandbox time/ }).click();
  await ana.page.getByRole('menuitem', { name: `Go to ${time} in Amsterdam` }).click();
};
const shot = (name: string) => ana.page.screenshot({ path: join(shots, `lights-${name}.png`) });

test('at 18:40 the warning stands there with its buttons', async () => {
  await goTo('18:40');
  await ana.messages.getByText('At 19:00 (Europe/Amsterdam) dev-evenings stops 4 resources.').waitFor();
  for (const name of ['Keep on 1 h', 'Keep on until 22:00', 'Skip tonight'])
    await ana.messages.getByRole('button', { name, exact: true }).waitFor();
  await shot('warning');
});

test('one component is kept on, and the warning says who keeps it', async () => {
  await ana.says('/oci keep web-1 on until 22:00 because the demo runs late');
  await ana.messages.getByText('dev-evenings stops 3 resources.').waitFor();
  await ana.messages.getByText('“the demo runs late”').first().waitFor();
  await shot('kept');
});

test('at 19:00 the others go out, one report tells of it with a picture', async () => {
  await goTo('19:00');
  await ana.messages.getByText(/Lights out in dev-evenings: \d of 4 stopped/).waitFor();
  await shot('running');
  await world.until(async () => {
    await world.clock.advance('30s');
    return ana.messages.getByText(/3 of 4 stopped, 1 kept; saves about €/).isVisible();
  }, 'the report to be over');
  await ana.resource('web-2').getByText('stopped').waitFor();
  await ana.resource('web-1').getByText('running').waitFor();
  await ana.messages.getByRole('img', { name: /over the last seven days/ }).waitFor();
  await shot('report');
  expect(ana.troubles).toEqual([]);
});

test('a button keeps everything on for whoever presses it', async () => {
  await goTo('07:00');
  await world.clock.advance('30m');
  const up = async () =>
    (await world.oci.resources()).filter(
      ({ name, state }) =>
        /^web-[12]$|^shop-dev-(api|db)$/.test(name) && /RUNNING|ACTIVE|AVAILABLE/.test(state),
    );
  await world.until(async () => {
    await world.clock.advance('10s');
    return (await up()).length === 4;
  }, 'everything to be up');
  await goTo('18:40');
  const again = ana.messages.getByText('At 19:00 (Europe/Amsterdam) dev-evenings stops 4 resources.').last();
  await again.waitFor();
  await ana.messages.getByRole('button', { name: 'Keep on 1 h' }).last().click();
  await ana.messages
    .getByText(/keep .* on until Thu 3 Dec 20:00/)
    .first()
    .waitFor();
  await shot('button');
});
