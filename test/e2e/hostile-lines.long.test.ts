import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bootWorld, type World } from '../support/world.ts';
import { acts, tell } from './scene.ts';

/** Whatever is typed is answered in a sentence, to its author only, and changes nothing. */

let world: World;
beforeAll(async () => {
  world = await bootWorld();
});
afterAll(() => world?.stop());

const long = `stop ${'x'.repeat(2_995)}`;
const evil = 'ocid1.compartment.oc1..evil';

const lines: readonly (readonly [line: string, answer: RegExp])[] = [
  ['frobnicate web-1', /There is no command frobnicate/],
  ['sotp web-1', /Did you mean stop/],
  ['constructor web-1', /There is no command constructor/],
  ['__proto__', /There is no command __proto__/],
  ['stop', /stop needs &lt;target…&gt;/],
  ['restart --force', /restart needs &lt;target…&gt;/],
  ['stop --dry-run', /stop needs &lt;target…&gt;/],
  ['stop web-1 --wat', /stop has no flag --wat/],
  ['stop web-1 --dry-rnu', /Did you mean --dry-run/],
  ['stop web-1 --dry-run=no', /--dry-run takes no value/],
  ['stop web-1 --force --force', /--force is given twice/],
  ['stop "web-1', /A quote \("\) is not closed/],
  ["stop 'web-1", /A quote \('\) is not closed/],
  [long, /That line has 3000 characters; I read at most 2000/],
  ['stop kind:toaster', /"toaster" is not a kind of resource I know/],
  ['stop env=', /"env=" has no value/],
  ['stop region:', /"region:" has no value/],
  ['stop ,', /every resource there is/],
  ['stop name:,', /every resource there is/],
  ['stop web-11', /Nothing matches web-11[\s\S]*web-1/],
  ['stop app=shpo env=dev', /Nothing matches[\s\S]*app=shop/],
  ['stop web-1 web-99', /Nothing matches web-99/],
  [`stop x&compartmentId=${evil}`, /Nothing matches/],
  [`inspect x&compartmentId=${evil}`, /Nothing matches/],
  ['stop ../../../20160918/instances', /Nothing matches/],
  ["stop web-1' || displayName != '", /not closed|Nothing matches/],
  [`stop "web-1' or displayName =~ '"`, /Nothing matches/],
  ['stop ocid1.instance.oc1..aaaa/actions?action=TERMINATE', /Nothing matches|not an OCID/],
  ['stop <@U0ANAPETROV>', /Nothing matches/],
  ['cancel op-999', /There is no operation op-999/],
  ['cancel "op-1; drop table operation"', /There is no operation/],
  ['operations --last 1e9', /not a whole number/],
  ['list " \u2028 "', /Nothing|No resources|0 resources/],
];

describe('a line that is wrong is answered', () => {
  test.each(lines)('%s', async (line, answer) => {
    const told = await tell(world, line);
    expect(told.shown).toMatch(answer);
    expect(told.buttons).not.toContain('Approve');
  });
});

test('a star alone is no target', async () => {
  for (const all of ['*', '**', 'name:*', 'web-1,*'])
    expect((await tell(world, `stop ${all}`)).shown).toMatch(/every resource there is/);
});

test('control characters, no-break spaces and what phones make of dashes and quotes mean nothing more', async () => {
  for (const line of [
    'stop\u00A0web-1 \u2014dry-run',
    'st\u200Bop \u0007web-1\u0000 --dry-run',
    '\u202Estop web-1 --dry-run',
    'stop \u201Cweb-1\u201D --dry-run',
  ]) {
    const told = await tell(world, line);
    expect(told.shown).toMatch(/Dry run: stop web-1\. Nothing was changed/);
  }
});

test('typed values never become part of a path or a query to OCI', async () => {
  for (const { path } of await world.oci.requests()) {
    expect(path).not.toContain(evil);
    expect(path).not.toMatch(/TERMINATE|\/\.\./);
  }
});

test('lines put together by dice are answered too', async () => {
  const first = fc.constantFrom('stop', 'start', 'restart', 'list', 'inspect', 'logs', 'history', 'policy');
  const hostile = fc.constantFrom(
    '--',
    '--=',
    '""',
    "'",
    '\\',
    'a=b=c',
    'a:b',
    'kind:',
    '&limit=1',
    '%00',
    '<!channel>',
    '$(id)',
    '🤷',
    'ocid1.',
    '-1',
    '\u0000',
  );
  const line = fc.tuple(first, fc.array(fc.oneof(hostile, fc.string({ maxLength: 12 })), { maxLength: 5 }));
  for (const [command, words] of fc.sample(line, { numRuns: 40, seed: 7 })) {
    // a change that happens to fit is only shown
    const said = [command, ...words, ...(/^(stop|start|restart)$/.test(command) ? ['--dry-run'] : [])].join(
      ' ',
    );
    const told = await tell(world, said);
    expect(told.shown, said).not.toMatch(/Something broke/);
    expect(told.shown, said).not.toMatch(/<!channel>/);
  }
});

test('after all that nothing was sent to change anything, and nothing stands in the channel', async () => {
  const names = (await world.oci.resources()).map(({ name }) => name);
  for (const name of names) expect(await acts(world, name)).toEqual([]);
  expect(await world.channel('ops').messages()).toEqual([]);
});
