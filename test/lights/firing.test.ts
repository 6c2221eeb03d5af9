import { describe, expect, test } from 'vitest';
import type { Ask } from '../../src/core/approval.ts';
import type { Rule } from '../../src/core/policy.ts';
import type { Decision, Policy } from '../../src/core/schedule/model.ts';
import type { Target } from '../../src/core/target.ts';
import { firingsOf, planOf } from '../../src/lights/firing.ts';
import { rightsOf } from '../../src/lights/rights.ts';
import { policy, resource } from '../core/schedule/policies.ts';

const minute = 60_000;
const deadlines = { start: 10 * minute, stop: 20 * minute, restart: minute, scale: 5 * minute };

const groups = ['database', 'app', 'edge'].map((name) => ({
  name,
  what: policy(name, [`tier=${name}`]).what,
  dimming: { act: 'stop' as const, ...(name === 'edge' ? { force: true } : {}) },
}));
const shop = policy('shop', ['app=shop'], { groups, channel: 'C1' });
const policies = new Map<string, Policy>([['shop', shop]]);

const targets = new Map<string, Target>();
function decided(name: string, group: string, other: Partial<Decision> = {}): Decision {
  const target = resource(name, { app: 'shop', tier: group }, { kind: other.kind ?? 'instance' });
  targets.set(target.ocid, target);
  return {
    ocid: target.ocid,
    kind: 'instance',
    policy: 'shop',
    group,
    act: 'stop',
    edge: 7,
    want: 'down',
    attempt: 1,
    saw: { flips: [] },
    because: 'the window ended',
    ...other,
  };
}

const names = (decisions: readonly Decision[]) =>
  decisions.map(({ ocid }) => targets.get(ocid)?.name ?? ocid);

describe('firings', () => {
  test('are one for each policy, edge and direction, of what acts', () => {
    const found = firingsOf(
      [
        decided('a', 'app'),
        decided('b', 'edge'),
        decided('c', 'app', { edge: 8 }),
        decided('d', 'app', { act: 'start', want: 'up' }),
        decided('e', 'app', { act: 'scale', want: { size: '2' }, size: '2' }),
        decided('f', 'app', { act: 'nothing' }),
        decided('g', 'app', { policy: 'gone' }),
      ],
      policies,
    );
    expect(found.map(({ direction, edge, decisions }) => [direction, edge, names(decisions)])).toEqual([
      ['down', 7, ['a', 'b']],
      ['down', 8, ['c']],
      ['up', 7, ['d', 'e']],
    ]);
  });

  test.each<[string, Partial<Decision>, readonly string[]]>([
    ['on the way up the database goes before the app', { act: 'start', want: 'up' }, ['db', 'app', 'edge']],
    ['on the way down the edge does', { act: 'stop', want: 'down' }, ['edge', 'app', 'db']],
  ])('%s, and what waits in one holds back those after it', (_, going, order) => {
    const all = (held: string) =>
      (['database', 'app', 'edge'] as const).map((group) => {
        const name = group === 'database' ? 'db' : group;
        return decided(name, group, {
          ...going,
          ...(name === held ? { act: 'nothing', waits: true } : {}),
        });
      });
    for (const [place, held] of order.entries()) {
      const [firing] = firingsOf(all(held), policies);
      expect(new Set(firing ? names(firing.decisions) : [])).toEqual(new Set(order.slice(0, place)));
    }
    expect(firingsOf(all('none'), policies)[0]?.decisions).toHaveLength(3);
  });

  test('are not held back by what waits at another edge or on another way', () => {
    const found = firingsOf(
      [
        decided('a', 'app'),
        decided('b', 'edge', { edge: 6, act: 'nothing', waits: true }),
        decided('c', 'edge', { want: 'up', act: 'nothing', waits: true }),
        decided('d', 'app', { act: 'nothing', waits: true }),
      ],
      policies,
    );
    expect(found.flatMap(({ decisions }) => names(decisions))).toEqual(['a']);
  });
});

describe('the plan of a firing', () => {
  const plan = (
    decisions: readonly Decision[],
    direction: 'up' | 'down',
    addresses = new Map<string, string>(),
  ) => planOf({ policy: shop, direction, edge: 7, decisions }, { targets, addresses, deadlines });
  const waves = (made: ReturnType<typeof plan>) =>
    made.waves.map((wave) => wave.map(({ verb, target }) => `${verb} ${target.name}`));

  test('has a wave for each group, in its order, and each act with its time and how', () => {
    const made = plan([decided('app', 'app'), decided('db', 'database'), decided('edge', 'edge')], 'down');
    expect(waves(made)).toEqual([['instance.stop edge'], ['instance.stop app'], ['instance.stop db']]);
    expect(made.waves[0]?.[0]).toMatchObject({ within: 20 * minute, with: { force: true } });
    expect(made.waves[1]?.[0]?.with).toBeUndefined();
    expect(made).toMatchObject({
      title: 'Stop 3 compute instances of shop',
      impact: 'stop',
      line: 'schedule run shop down',
    });
    expect(made.consequences).toHaveLength(1);
    const up = { act: 'start', want: 'up' } as const;
    expect(waves(plan([decided('edge', 'edge', up), decided('db', 'database', up)], 'up'))).toEqual([
      ['instance.start db'],
      ['instance.start edge'],
    ]);
  });

  test('gives sizes, says that it only scales, and leaves out what is gone', () => {
    const scale = decided('pool', 'app', { act: 'scale', kind: 'node-pool', size: '0' });
    const gone = { ...decided('gone', 'app'), ocid: 'ocid1.gone' };
    const made = plan([scale, gone], 'down');
    expect(waves(made)).toEqual([['node-pool.scale pool']]);
    expect(made.waves[0]?.[0]).toMatchObject({ within: 5 * minute, with: { size: '0' } });
    expect(made.title).toMatch(/^Scale 1 .*node pool.* of shop$/);
  });

  test('puts right what pointed at a container instance before the next group comes', () => {
    const api = decided('api', 'database', { act: 'start', want: 'up', kind: 'container-instance' });
    const web = decided('web', 'edge', { act: 'start', want: 'up' });
    const made = plan([web, api], 'up', new Map([[api.ocid, '10.0.0.7']]));
    expect(waves(made)).toEqual([
      ['container-instance.start api'],
      ['backend.repoint api'],
      ['instance.start web'],
    ]);
    expect(made.waves[1]?.[0]?.with).toMatchObject({ from: '10.0.0.7' });
    expect(waves(plan([api], 'up'))).toEqual([['container-instance.start api']]);
  });
});

describe('what a schedule may do', () => {
  const ask: Ask = { from: ['SLEADS'], count: 1, within: minute, requesterMayApprove: false };
  const oncall: Ask = { ...ask, from: ['SONCALL'] };
  const rule = (name: string, other: Partial<Rule> = {}): Rule => ({
    name,
    who: ['schedule:shop'],
    commands: ['stop'],
    effect: 'allow',
    ...other,
  });
  const rights = (
    decisions: readonly Decision[],
    rules: readonly Rule[],
    other: Partial<Policy> = {},
    who?: Ask,
  ) =>
    rightsOf({ policy: { ...shop, ...other }, direction: 'down', edge: 7, decisions }, targets, {
      rules,
      ...(who ? { ask: who } : {}),
    });
  const three = () => ['a', 'b', 'c'].map((name) => decided(name, 'app'));

  test('is what the rules let it, by its name and in its channel', () => {
    expect(rights(three(), [rule('nights')])).toMatchObject({ denied: [], asks: [], rules: ['nights'] });
    for (const wrong of [
      rule('other', { who: ['schedule:db'] }),
      rule('people', { who: ['anyone'] }),
      rule('elsewhere', { where: { channels: ['C2'] } }),
      rule('starts', { commands: ['start'] }),
    ]) {
      const { allowed, denied } = rights(three(), [wrong]);
      expect(allowed).toEqual([]);
      expect(names(denied.map(({ decision }) => decision))).toEqual(['a', 'b', 'c']);
      expect(denied[0]?.because).toContain('No rule lets');
    }
  });

  test('is done for those that it may be done for, and the others are said', () => {
    const database = decided('db', 'database');
    const only = rule('no databases', { where: { tags: { tier: ['app'] } } });
    const { allowed, denied } = rights([database, ...three()], [only]);
    expect(names(allowed)).toEqual(['a', 'b', 'c']);
    expect(denied.map(({ decision }) => decision)).toEqual([database]);
  });

  test('is asked of whom the rules name, of each once', () => {
    const { allowed, asks } = rights(three(), [rule('asks', { effect: oncall })]);
    expect(allowed).toHaveLength(3);
    expect(asks).toEqual([oncall]);
    expect(rights(three(), [rule('asks', { effect: ask })], { atMost: 2 }, ask).asks).toEqual([ask]);
  });

  test.each<[string, readonly Rule[], Partial<Policy>]>([
    ['its policy', [rule('nights')], { atMost: 2 }],
    ['a rule', [rule('few', { where: { atMost: 2 } })], {}],
  ])('is no more at once than %s says, unless somebody says yes', (_, rules, other) => {
    const asked = rights(three(), rules, other, ask);
    expect(asked.asks).toEqual([ask]);
    expect(names(asked.allowed)).toEqual(['a', 'b', 'c']);
    const alone = rights(three(), rules, other);
    expect(alone.allowed).toEqual([]);
    expect(alone.denied.map(({ because }) => because)).toEqual(
      Array(3).fill(expect.stringMatching(/^3 at once .* nobody who could be asked$/)),
    );
    expect(rights(three().slice(1), rules, other)).toMatchObject({ asks: [], denied: [] });
  });

  test('with what is denied left out of how many it is', () => {
    const only = rule('apps', { where: { tags: { tier: ['app'] } } });
    const { allowed, asks, denied } = rights([decided('db', 'database'), ...three()], [only], { atMost: 3 });
    expect([allowed.length, asks.length, denied.length]).toEqual([3, 0, 1]);
  });
});
