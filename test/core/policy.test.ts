import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Actor } from '../../src/core/actor.ts';
import { explain } from '../../src/core/explanation.ts';
import { decide, type Question, type Rule, suits, type Verdict } from '../../src/core/policy.ts';
import type { Target } from '../../src/core/target.ts';

const ana: Actor = { kind: 'slack', user: 'U0ANA000', team: 'T0', groups: ['S0ENG000'] };
const eve: Actor = { kind: 'slack', user: 'U0EVE000', team: 'T0', groups: [] };
const shell: Actor = { kind: 'terminal', user: 'ana' };
const schedule: Actor = { kind: 'schedule', policy: 'dev-evenings' };
const ops = { kind: 'slack', channel: 'C0OPS000' } as const;
const ask = { from: ['S0ONCALL'], count: 1, within: 3_600_000, requesterMayApprove: false };

function target(name: string, tags: Record<string, string> = {}, more: Partial<Target> = {}): Target {
  return {
    kind: 'instance',
    ocid: `ocid1.instance.oc1..${name}`,
    name,
    region: 'eu-frankfurt-1',
    compartment: { ocid: 'ocid1.compartment.oc1..shopdev', path: 'shop/dev' },
    tags,
    state: 'RUNNING',
    ...more,
  };
}

function stop(targets?: readonly Target[], more: Partial<Question> = {}): Question {
  return {
    actor: ana,
    origin: ops,
    command: 'stop',
    arguments: {},
    ...(targets ? { targets } : {}),
    ...more,
  };
}

const rule = (name: string, effect: Rule['effect'], more: Partial<Rule> = {}): Rule => ({
  name,
  who: ['S0ENG000'],
  commands: ['stop'],
  effect,
  ...more,
});

describe('decide', () => {
  test('denies where no rule says anything, and says so', () => {
    expect(decide([], stop([target('web-1')]))).toEqual({
      effect: 'deny',
      rules: [],
      because: 'No rule lets you stop web-1 here.',
    });
  });

  test('says when it is the number alone that is too much', () => {
    const rules = [rule('two at a time', 'allow', { where: { atMost: 2 } })];
    const three = ['web-1', 'web-2', 'web-3'].map((name) => target(name));
    expect(decide(rules, stop(three.slice(1))).effect).toBe('allow');
    expect(decide(rules, stop(three))).toEqual({
      effect: 'deny',
      rules: [],
      because: 'The rule “two at a time” lets you stop at most 2 at once; these are 3.',
    });
  });

  test('the first rule that matches decides', () => {
    const rules = [rule('no', 'deny', { because: 'Not today.' }), rule('yes', 'allow')];
    expect(decide(rules, stop([target('web-1')]))).toEqual({
      effect: 'deny',
      rules: ['no'],
      because: 'The rule “no” does not let you stop web-1: Not today.',
    });
    expect(decide(rules.toReversed(), stop([target('web-1')])).effect).toBe('allow');
  });

  test('the strictest decision holds for several targets, and the deny names its targets', () => {
    const rules = [
      rule('dev', 'allow', { where: { tags: { env: ['dev'] } } }),
      rule('prod', ask, { where: { tags: { env: ['prod'] } } }),
    ];
    const [dev, prod, none] = [
      target('web-1', { env: 'dev' }),
      target('web-2', { env: 'prod' }),
      target('web-3'),
    ];
    expect(decide(rules, stop([dev, prod]))).toEqual({ effect: 'ask', rules: ['dev', 'prod'], asks: [ask] });
    expect(decide(rules, stop([dev, prod, none]))).toMatchObject({
      effect: 'deny',
      because: 'No rule lets you stop web-3 here.',
    });
  });

  test('targets under different rules ask each of them, the same ask once', () => {
    const other = { ...ask, from: ['S0LEADS0'] };
    const rules = [
      rule('a', ask, { where: { tags: { env: ['a'] } } }),
      rule('b', other, { where: { tags: { env: ['b'] } } }),
      rule('c', { ...ask }, { where: { tags: { env: ['c'] } } }),
    ];
    const targets = ['a', 'b', 'c'].map((env) => target(env, { env }));
    expect(decide(rules, stop(targets))).toEqual({
      effect: 'ask',
      rules: ['a', 'b', 'c'],
      asks: [ask, other],
    });
  });

  test.each<[string, Partial<Rule>, boolean]>([
    ['a user id', { who: ['U0ANA000'] }, true],
    ['a group', { who: ['S0ENG000'] }, true],
    ['another group', { who: ['S0LEADS0'] }, false],
    ['anyone', { who: ['anyone'] }, true],
    ['another command', { commands: ['start'] }, false],
    ['every command', { commands: ['*'] }, true],
    ['the channel', { where: { channels: ['C0OPS000'] } }, true],
    ['another channel', { where: { channels: ['C0SHOP00', 'terminal'] } }, false],
    ['a tag', { where: { tags: { env: ['test', 'dev'] } } }, true],
    ['the tag key in another case', { where: { tags: { ENV: ['dev'] } } }, true],
    ['any value of a tag', { where: { tags: { env: ['*'] } } }, true],
    ['any value of a tag that is not there', { where: { tags: { team: ['*'] } } }, false],
    ['one tag of two', { where: { tags: { env: ['dev'], team: ['a'] } } }, false],
    ['the compartment', { where: { compartments: ['shop/dev'] } }, true],
    ['the compartment above', { where: { compartments: ['shop'] } }, true],
    ['what is below the compartment above', { where: { compartments: ['shop/*'] } }, true],
    ['what is below the compartment', { where: { compartments: ['shop/dev/*'] } }, false],
    ['a compartment with the same beginning', { where: { compartments: ['shop/de'] } }, false],
    ['the last part of the path', { where: { compartments: ['dev'] } }, false],
    ['the compartment by OCID', { where: { compartments: ['ocid1.compartment.oc1..shopdev'] } }, true],
    ['the region', { where: { regions: ['eu-frankfurt-1'] } }, true],
    ['another region', { where: { regions: ['eu-zurich-1'] } }, false],
    ['the kind', { where: { kinds: ['instance'] } }, true],
    ['another kind', { where: { kinds: ['autonomous-database'] } }, false],
    ['as many targets', { where: { atMost: 1 } }, true],
    ['a flag that was not given', { arguments: { force: ['*'] } }, false],
  ])('a rule with %s', (_, more, matches) => {
    const verdict = decide([rule('r', 'allow', more)], stop([target('web-1', { env: 'dev' })]));
    expect(verdict.effect).toBe(matches ? 'allow' : 'deny');
  });

  test('atMost counts all targets of the plan, whichever rule each is under', () => {
    const rules = [rule('few', 'allow', { where: { atMost: 2 } })];
    const targets = ['a', 'b', 'c'].map((name) => target(name));
    expect(decide(rules, stop(targets.slice(0, 2))).effect).toBe('allow');
    expect(decide(rules, stop(targets)).effect).toBe('deny');
  });

  test('argument conditions hold only for what was given', () => {
    const rules = [rule('gently', 'deny', { arguments: { force: ['true'] } }), rule('stop', 'allow')];
    const web = [target('web-1')];
    expect(decide(rules, stop(web, { arguments: { force: 'true' } })).effect).toBe('deny');
    expect(decide(rules, stop(web, { arguments: {} })).effect).toBe('allow');
    expect(decide(rules, stop(web, { arguments: Object.create({ force: 'true' }) })).effect).toBe('allow');
  });

  test('the terminal is somebody of its own', () => {
    const question = stop([target('web-1')], { actor: shell, origin: { kind: 'terminal' } });
    expect(decide([rule('r', 'allow')], question).effect).toBe('deny');
    expect(decide([rule('r', 'allow', { who: ['terminal'] })], question).effect).toBe('allow');
    expect(decide([rule('r', 'allow', { who: ['terminal:ana'] })], question).effect).toBe('allow');
    expect(decide([rule('r', 'allow', { who: ['terminal:ben'] })], question).effect).toBe('deny');
    expect(
      decide([rule('r', 'allow', { who: ['terminal'], where: { channels: ['terminal'] } })], question).effect,
    ).toBe('allow');
  });
});

describe('a schedule', () => {
  const asked = stop([target('web-1')], { actor: schedule });

  test.each([
    [['schedule'], 'allow'],
    [['schedule:dev-evenings'], 'allow'],
    [['schedule:others'], 'deny'],
    [['anyone'], 'deny'],
    [['anyone', 'schedule'], 'allow'],
  ])('has the rights of %j', (who, effect) => {
    expect(decide([rule('r', 'allow', { who })], asked).effect).toBe(effect);
    expect(decide([rule('r', ask, { who })], asked).effect).toBe(effect === 'allow' ? 'ask' : 'deny');
  });

  test('is denied what anyone is denied', () => {
    const rules = [rule('not today', 'deny', { who: ['anyone'] }), rule('r', 'allow', { who: ['schedule'] })];
    expect(decide(rules, asked)).toMatchObject({ effect: 'deny', rules: ['not today'] });
  });

  test('is told apart from people when a rule is explained', () => {
    expect(suits(rule('r', 'allow', { who: ['anyone'] }), asked)).toEqual({ no: 'it is not for schedules' });
  });
});

describe('decide, before any target is known', () => {
  const onlyDev = { where: { tags: { env: ['dev'] } } };

  test('a rule whose targets are not known counts as possible', () => {
    expect(decide([rule('dev', 'allow', onlyDev)], stop()).effect).toBe('allow');
    expect(
      decide([rule('not prod', 'deny', { where: { tags: { env: ['prod'] } } }), rule('rest', ask)], stop()),
    ).toEqual({
      effect: 'ask',
      rules: ['rest'],
      asks: [ask],
    });
  });

  test('a deny that holds for all targets ends it, one that may hold does not explain a no', () => {
    expect(decide([rule('never', 'deny'), rule('dev', 'allow', onlyDev)], stop()).effect).toBe('deny');
    const prod = rule('prod', 'deny', {
      who: ['anyone'],
      where: { tags: { env: ['prod'] } },
      because: 'Busy.',
    });
    expect(decide([prod], stop(undefined, { actor: eve }))).toEqual({
      effect: 'deny',
      rules: [],
      because: 'No rule lets you use stop here.',
    });
  });

  test('arguments that are not known yet may still be given', () => {
    const rules = [rule('gently', 'allow', { arguments: { force: ['true'] } })];
    const { arguments: _, ...unknown } = stop();
    expect(decide(rules, unknown).effect).toBe('allow');
    expect(decide(rules, stop()).effect).toBe('deny');
  });

  test('no targets at all is the same as none known', () => {
    const rules = [rule('dev', ask, onlyDev)];
    expect(decide(rules, stop([]))).toEqual(decide(rules, stop()));
  });
});

const strictness = { allow: 0, ask: 1, deny: 2 } satisfies Record<Verdict['effect'], number>;

const anyRule: fc.Arbitrary<Rule> = fc
  .record({
    name: fc.string({ minLength: 1, maxLength: 4 }),
    who: fc.subarray(['U0ANA000', 'U0EVE000', 'S0ENG000', 'schedule', 'anyone'], { minLength: 1 }),
    commands: fc.subarray(['stop', 'start', '*'], { minLength: 1 }),
    tags: fc.option(
      fc.dictionary(fc.constantFrom('env', 'app'), fc.subarray(['dev', 'prod', '*'], { minLength: 1 })),
    ),
    atMost: fc.option(fc.integer({ min: 1, max: 4 })),
    effect: fc.constantFrom<Rule['effect']>('allow', 'deny', ask),
  })
  .map(({ tags, atMost, ...rest }) => ({
    ...rest,
    where: { ...(tags ? { tags } : {}), ...(atMost ? { atMost } : {}) },
  }));
const anyTarget = fc
  .tuple(
    fc.constantFrom('web-1', 'web-2', 'db'),
    fc.dictionary(fc.constantFrom('env', 'app'), fc.constantFrom('dev', 'prod')),
  )
  .map(([name, tags]) => target(name, tags));
const anyTargets = fc.array(anyTarget, { minLength: 1, maxLength: 5 });
const anyRules = fc.array(anyRule, { maxLength: 6 });
const anyActor = fc.constantFrom(ana, eve, schedule);

describe('for any rules', () => {
  test('adding a deny first never allows more', () => {
    fc.assert(
      fc.property(anyRules, anyRule, anyTargets, anyActor, (rules, first, targets, actor) => {
        const question = stop(targets, { actor });
        const before = decide(rules, question);
        const after = decide([{ ...first, effect: 'deny' }, ...rules], question);
        expect(strictness[after.effect]).toBeGreaterThanOrEqual(strictness[before.effect]);
      }),
    );
  });

  test('adding a rule last only ever decides what was denied for want of a rule', () => {
    fc.assert(
      fc.property(anyRules, anyRule, anyTargets, anyActor, (rules, last, targets, actor) => {
        const question = stop(targets, { actor });
        const before = decide(rules, question);
        const after = decide([...rules, last], question);
        if (before.effect !== 'deny') expect(after).toEqual(before);
      }),
    );
  });

  test('whoever no rule names is denied', () => {
    fc.assert(
      fc.property(anyRules, anyTargets, (rules, targets) => {
        const strangers = rules.map((each) => ({ ...each, who: ['U0OTHER0'] }));
        expect(decide(strangers, stop(targets)).effect).toBe('deny');
        expect(decide(strangers, stop()).effect).toBe('deny');
      }),
    );
  });

  test('several targets are decided as strictly as the strictest of them, where the number is no condition', () => {
    fc.assert(
      fc.property(anyRules, anyTargets, anyActor, (given, targets, actor) => {
        const rules = given.map(({ where, ...rest }) => ({
          ...rest,
          where: where?.tags ? { tags: where.tags } : {},
        }));
        const each = targets.map((one) => strictness[decide(rules, stop([one], { actor })).effect]);
        expect(strictness[decide(rules, stop(targets, { actor })).effect]).toBe(Math.max(...each));
      }),
    );
  });

  test('what is allowed for some targets was possible before they were known', () => {
    fc.assert(
      fc.property(anyRules, anyTargets, anyActor, (rules, targets, actor) => {
        const known = decide(rules, stop(targets, { actor }));
        const unknown = decide(rules, stop(undefined, { actor }));
        expect(strictness[unknown.effect]).toBeLessThanOrEqual(strictness[known.effect]);
      }),
    );
  });

  test('the explanation names exactly the rules that decided', () => {
    fc.assert(
      fc.property(anyRules, anyTargets, anyActor, (given, targets, actor) => {
        const rules = given.map((each, at) => ({ ...each, name: `r${at}` }));
        const { verdict, findings } = explain(rules, stop(targets, { actor }));
        const deciding = findings.filter(({ outcome }) => outcome === 'decides').map((each) => each.rule);
        expect(deciding).toEqual(expect.arrayContaining([...verdict.rules]));
        if (verdict.effect !== 'deny') expect(deciding.toSorted()).toEqual([...verdict.rules].toSorted());
      }),
    );
  });
});

test('the explanation says for each rule what it did, or why it did not matter', () => {
  const rules = [
    rule('leads', 'allow', { who: ['S0LEADS0'] }),
    rule('dev', 'allow', { where: { tags: { env: ['dev'] } } }),
    rule('one at a time', 'allow', { where: { atMost: 1 } }),
    rule('rest', ask),
    rule('more', 'deny'),
  ];
  const targets = [target('web-1', { env: 'dev' }), target('web-2', { env: 'prod' })];
  expect(explain(rules, stop(targets)).findings).toEqual([
    { rule: 'leads', effect: 'allow', outcome: 'no', targets: [], because: 'it is for other people' },
    { rule: 'dev', effect: 'allow', outcome: 'decides', targets: ['web-1'] },
    {
      rule: 'one at a time',
      effect: 'allow',
      outcome: 'no',
      targets: [],
      because: 'it holds for at most 1 at once, and these are 2',
    },
    { rule: 'rest', effect: 'ask', outcome: 'decides', targets: ['web-2'] },
    { rule: 'more', effect: 'deny', outcome: 'late', targets: [] },
  ]);
  expect(explain(rules, stop()).findings.map(({ outcome }) => outcome)).toEqual([
    'no',
    'possible',
    'possible',
    'decides',
    'late',
  ]);
});
