import { stringify } from 'yaml';
import type { Fields, Seen } from '../../support/seen.ts';
import type { World } from '../../support/world.ts';

/** What the tests of schedules do again and again. Amsterdam is an hour ahead of UTC in winter, two in summer. */

const engineers = 'S0ENGINEERS';
const dev = { tags: { env: 'dev' }, atMost: 50 };

/** A configuration in which engineers and schedules may stop and start what is tagged env=dev. */
export function nightsOf(policies: Fields, more: Fields = {}): string {
  return stringify({
    version: 1,
    slack: { team: 'T0LAMPLIGHT', announce: 'C0INCIDENTS' },
    rules: [
      { name: 'look', who: [engineers], commands: ['queries'], allow: true },
      { name: 'call off', who: [engineers], commands: ['controls'], allow: true },
      { name: 'schedules', who: ['schedule'], commands: ['start', 'stop'], where: dev, allow: true },
      { name: 'people', who: [engineers], commands: ['start', 'stop', 'keep'], where: dev, allow: true },
      {
        name: 'run',
        who: [engineers],
        commands: ['schedule run'],
        where: dev,
        ask: { from: ['S0ONCALL000'], within: '1h' },
      },
    ],
    policies,
    breakGlass: { who: ['S0LEADS0000'] },
    ...more,
  });
}

/** Weekdays until 19:00 in Amsterdam, told of in #shop; up at the minute, unless said otherwise. */
export const office = {
  when: 'Mon-Fri 07:30-19:00 Europe/Amsterdam',
  channel: 'C0SHOP00000',
  warn: '0m',
  early: '0m',
};

/** Moves the clock there and waits until schedules have been looked at. */
export async function isNow(world: World, moment: string): Promise<void> {
  await world.clock.set(moment);
  await world.lights.looked();
}

/** Waits until a message reads so, a step of the clock at a time; answers the newest that does. */
export async function reads(
  world: World,
  pattern: RegExp,
  { in: channel = 'shop', step = '5s' }: { readonly in?: string; readonly step?: string } = {},
): Promise<Seen> {
  return world.until(
    async () => {
      const found = (await said(world, pattern, channel)).at(-1);
      if (!found) await world.clock.advance(step);
      return found;
    },
    `${pattern} in #${channel}, where there is\n${await written(world, channel)}`,
  );
}

/** All messages of a channel that read so. */
export async function said(world: World, pattern: RegExp, channel = 'shop'): Promise<readonly Seen[]> {
  const messages = await world.channel(channel).messages();
  return messages.filter(({ text, shown }) => pattern.test(text) || pattern.test(shown));
}

/** Everything that stands in a channel, with the threads. */
export async function written(world: World, channel = 'shop'): Promise<string> {
  const messages = await world.channel(channel).messages();
  return messages
    .flatMap(({ shown, replies }) => [shown, ...replies.map((each) => `  > ${each.shown}`)])
    .join('\n');
}

/** What was sent to switch a resource, oldest first: `STOP`, `SOFTSTOP`, `START`; of other kinds the operation. */
export async function sent(world: World, name: string): Promise<readonly string[]> {
  const [resource] = await world.oci.resources({ name });
  return (await world.oci.requests({ resource: resource?.ocid ?? name }))
    .filter(({ method }) => method !== 'GET')
    .map(({ path, operation }) => /action=(\w+)/.exec(String(path))?.[1] ?? operation);
}

export async function stateOf(world: World, name: string): Promise<string | undefined> {
  return (await world.oci.resources({ name }))[0]?.state;
}

/** Somebody switches it in OCI's console. */
export async function byHand(world: World, name: string, state: string): Promise<void> {
  const [resource] = await world.oci.resources({ name });
  await world.call('POST', `/control/oci/resources/${resource?.ocid}`, { state });
}
