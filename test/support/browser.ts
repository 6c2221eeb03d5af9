/**
 * The page as a person sees it: Chromium on a sandbox that `bootWorld` started. Elements are found by what
 * they are called, so that a test reads like what a person does and fails where a screen reader would.
 */
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';

/** Where Debian installs it. */
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath, args });
}

export interface Window {
  readonly page: Page;
  /** What went wrong in it: errors in the console, and requests to anywhere but this computer. */
  readonly troubles: readonly string[];
  /** The field to write in. */
  readonly composer: Locator;
  /** Everything that stands in the channel, as this person sees it. */
  readonly messages: Locator;
  /** Types a line into the composer and sends it. */
  says(line: string): Promise<void>;
  /** By the beginning of a name: `ben`. */
  becomes(name: RegExp): Promise<void>;
  /** A resource's row in the side panel: `resource('web-1')` contains its state. */
  resource(name: string): Locator;
}

/** A window of one person in one place: `{ as: 'ana', at: 'ops' }`, `{ as: 'ben', at: 'app/home' }`. */
export async function openWindow(
  browser: Browser,
  url: string,
  { as, at, width = 1280 }: { readonly as: string; readonly at: string; readonly width?: number },
): Promise<Window> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, locale: 'en-GB' });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const troubles: string[] = [];
  page.on('console', (line) => line.type() === 'error' && troubles.push(line.text()));
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('request', (request) => {
    if (!/^(https?:\/\/127\.0\.0\.1:|data:)/.test(request.url())) troubles.push(request.url());
  });
  await page.goto(`${url}#/${as}/${at}`);

  const composer = page.getByRole('combobox', { name: /^Message / });
  return {
    page,
    troubles,
    composer,
    messages: page.getByRole('log', { name: /^Messages in / }),
    says: async (line) => {
      await composer.fill(line);
      await composer.press('Enter');
      // A name that is being completed takes the first Enter.
      if ((await composer.inputValue()) !== '') await composer.press('Enter');
    },
    becomes: async (name) => {
      await page.getByRole('button', { name: /^You are / }).click();
      await page.getByRole('menuitemradio', { name }).click();
    },
    resource: (name) => page.getByRole('listitem', { name: new RegExp(`^${name}: `) }),
  };
}
