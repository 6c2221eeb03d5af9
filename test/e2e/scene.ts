import { stringify } from 'yaml';
import type { Fields, Seen } from '../support/seen.ts';
import type { OciRequest, Resource, World } from '../support/world.ts';

/** What the end-to-end tests do again and again, in the words of the people in the workspace. */

/** A pair of running instances for each name: `clash` → clash-1 and clash-2, tagged app=clash env=dev. */
export function pairs(names: readonly string[], more: Fields = {}): string {
  return stringify({
    tenancy: 'lamplighter',
    user: { name: 'lamplighter', email: 'lamplighter@example.com' },
    regions: [{ name: 'eu-frankfurt-1', key: 'FRA', domains: 3 }],
    compartments: { lab: { description: 'Where it goes wrong' } },
    instances: names.map((app) => ({
      name: `${app}-{n}`,
      count: 2,
      region: 'eu-frankfurt-1',
      compartment: 'lab',
      tags: { app, env: 'dev' },
    })),
    ...more,
  });
}

export interface Line {
  readonly by?: string;
  readonly in?: string;
  /** How long an answer may take, in ms. */
  readonly within?: number;
}

/** Types a line that has to be approved; answers the card. */
export async function ask(world: World, line: string, { by = 'ana', in: channel = 'ops' }: Line = {}) {
  const before = new Set((await world.channel(channel).messages()).map(({ ts }) => ts));
  await world.as(by).types(`/oci ${line}`, { in: channel });
  return world.until(async () => {
    const messages = await world.channel(channel).messages();
    const card = messages.find(({ ts, text }) => !before.has(ts) && /asks to/.test(text));
    if (!card) await world.clock.advance('1s');
    return card;
  }, `the card of “${line}”`);
}

/** Types a line that only its author gets an answer to; answers that. */
export async function tell(
  world: World,
  line: string,
  { by = 'ana', in: channel = 'ops', within }: Line = {},
): Promise<Seen> {
  return heard(world, by, () => world.as(by).types(`/oci ${line}`, { in: channel }), within);
}

/** What the person, and nobody else, is told because of what is done, within so many ms. */
export async function heard(
  world: World,
  by: string,
  act: () => Promise<unknown>,
  within?: number,
): Promise<Seen> {
  const before = (await world.ephemeral(by)).length;
  await act();
  return world.until(async () => (await world.ephemeral(by))[before], `an answer to ${by}`, within);
}

/** A press of a button that is not there any more, or never was. */
export function forge(world: World, by: string, card: Seen, fields: Fields, channel = 'ops') {
  return heard(world, by, () =>
    world.as(by).clicks('approve', { in: channel, ts: card.ts }, { force: true, ...fields }),
  );
}

/** What the card's buttons carry: the operation and the digest of its plan. */
export function valueOn(card: Seen): string {
  return /"value":"(op-\d+:[0-9a-f]+)"/.exec(JSON.stringify(card.blocks))?.[1] ?? '';
}

export function operationOf(card: Seen): string {
  return /op-\d+/.exec(card.shown)?.[0] ?? '';
}

/** The message as it is now. */
export async function again(world: World, { ts }: Seen, channel = 'ops'): Promise<Seen> {
  const found = (await world.channel(channel).messages()).find((each) => each.ts === ts);
  if (!found) throw new Error(`the message ${ts} is gone`);
  return found;
}

/** Waits until the message reads so, a step of the clock at a time. */
export async function becomes(
  world: World,
  card: Seen,
  pattern: RegExp,
  { step = '5s', in: channel = 'ops' }: { readonly step?: string; readonly in?: string } = {},
): Promise<Seen> {
  return world.until(async () => {
    const now = await again(world, card, channel);
    if (pattern.test(now.text) || pattern.test(now.shown)) return now;
    await world.clock.advance(step);
    return undefined;
  }, `${pattern} on the message “${card.text}”`);
}

/** Every way in which an operation is over, as its sentence says it. */
const over = /( done in |– failed|– cancelled|– unresolved|– denied|– expired|– void)/;

/** Waits until the operation is over, however it ends. */
export async function ends(world: World, card: Seen, step = '5s'): Promise<Seen> {
  return world.until(async () => {
    const now = await again(world, card);
    if (over.test(now.text)) return now;
    await world.clock.advance(step);
    return undefined;
  }, `the end of “${card.text}”`);
}

/** The resources that are called so, whatever their number: `clash` → clash-1 and clash-2. */
export async function members(world: World, name: string): Promise<readonly Resource[]> {
  const all = await world.oci.resources();
  return all.filter((each) => each.name === name || each.name.replace(/-\d+$/, '') === name);
}

export async function states(world: World, name: string): Promise<readonly string[]> {
  return (await members(world, name)).map(({ state }) => state);
}

/** Everything that was sent to change what is called so, oldest first. */
export async function acts(world: World, name: string): Promise<readonly OciRequest[]> {
  const ocids = (await members(world, name)).map(({ ocid }) => ocid);
  return (await world.oci.requests()).filter(
    ({ method, resource }) => method !== 'GET' && ocids.includes(String(resource)),
  );
}

/** Those that OCI took and answered; a repeat that was given the first answer is not one. */
export async function taken(world: World, name: string): Promise<readonly OciRequest[]> {
  return (await acts(world, name)).filter(({ status, repeated }) => status < 300 && status > 0 && !repeated);
}
