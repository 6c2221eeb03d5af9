import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { packageRoot } from '../../../src/root.ts';
import { file, read, right, ruled, wrong } from '../reading.ts';

describe('YAML itself', () => {
  test('every mistake is told at once, in the order of the file', () => {
    const text =
      'version: 2\nrules:\n  - name: a\n    who: [ana]\n    commands: [stop]\nlogs: {}\nhttp: { port: -1 }\n';
    expect(wrong(text).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'lamplighter.yml:1:1 version:',
      'lamplighter.yml:3:5 rules[0]:',
      'lamplighter.yml:4:11 rules[0].who[0]:',
      'lamplighter.yml:6:1 logs:',
      'lamplighter.yml:7:9 http.port:',
    ]);
  });

  test.each([
    ['version: 1\nversion: 1\n', 'lamplighter.yml:2:1 map keys must be unique'],
    ['version: [1\n', /^lamplighter\.yml:2:1 flow sequence/],
    ['\tversion: 1\n', /^lamplighter\.yml:1:1 /],
    ['version: !!js/function "x"\n', /^lamplighter\.yml:1:10 unresolved tag/],
    ['version: 1\n---\nversion: 1\n', /^lamplighter\.yml:2:1 /],
    ['version: *nowhere\n', /nowhere/],
    [
      'version: 1\nrules: {{ name: a }: b}\n',
      'lamplighter.yml:2:9 a mapping stands where a key should be; write a key with brackets in quotes',
    ],
    [
      'version: 1\nlog:\n  [level]: info\n',
      'lamplighter.yml:3:3 a list stands where a key should be; write a key with brackets in quotes',
    ],
    ['version: 1\nx-a: &a [b]\nlog: { *a : info }\n', /^lamplighter\.yml:3:8 a list stands where/],
    ['? { version: 1 }\n', /^lamplighter\.yml:1:3 a mapping stands where a key should be/],
    ['- version\n', 'lamplighter.yml:1:1 should be a mapping of keys to values'],
    ['just text', 'lamplighter.yml:1:1 should be a mapping of keys to values, but is "just text"'],
  ])('%j', (text, expected) => {
    const [first] = wrong(text);
    if (typeof expected === 'string') expect(first).toBe(expected);
    else expect(first).toMatch(expected);
  });

  test('aliases that multiply without end are refused', () => {
    const layers = Array.from({ length: 9 }, (_, at) =>
      at === 0
        ? 'x-0: &a0 [lol, lol]'
        : `x-${at}: &a${at} [${Array(9)
            .fill(`*a${at - 1}`)
            .join(', ')}]`,
    );
    expect(wrong(file(layers.join('\n'))).join()).toMatch(/alias/);
  });

  test('anchors, merge keys and x- keys are for the person who writes the file', () => {
    const text = `version: 1
x-oncall: &oncall [S0ONCALL]
x-common: &common
  who: [S0ENGINEERS]
  x-note: with on-call
  ask: { from: *oncall, x-why: nights }
rules:
  - { <<: *common, name: stop, commands: [stop] }
  - <<: *common
    name: start
    commands: [start]
`;
    const { contents, violations } = read(text);
    expect(violations).toEqual([]);
    expect(contents?.rules.map(({ name, effect }) => [name, effect])).toEqual([
      ['stop', { from: ['S0ONCALL'], count: 1, within: 3_600_000, requesterMayApprove: false }],
      ['start', { from: ['S0ONCALL'], count: 1, within: 3_600_000, requesterMayApprove: false }],
    ]);
  });

  test('a tag may begin with x-, and be called like what every object has', () => {
    const text = ruled(`${right}allow: true\nwhere: { tags: { x-env: dev, constructor: a, __proto__: b } }`);
    const { contents } = read(text);
    expect(Object.keys(contents?.rules[0]?.where?.tags ?? {})).toEqual(
      expect.arrayContaining(['x-env', 'constructor']),
    );
  });
});

describe('whatever stands in the file', () => {
  const example = readFileSync(join(packageRoot, 'lamplighter.example.yml'), 'utf8');
  const lines = example.split('\n');

  /** Either it is valid or something is said about it, with a place inside of the file. */
  const holds = (text: string) => {
    const { contents, violations } = read(text);
    expect(contents === undefined).toBe(violations.length > 0);
    for (const { line = 0, column = 0, sentence } of violations) {
      expect(line).toBeGreaterThan(0);
      expect(line).toBeLessThanOrEqual(text.split('\n').length);
      expect(column).toBeGreaterThan(0);
      expect(sentence).not.toMatch(/undefined|\[object|Invalid |received|Too (small|big)/);
    }
  };

  test('any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), holds));
  });

  test('the example with a line lost, repeated or spoilt', () => {
    const spoil = fc.constantFrom(
      '',
      '  ',
      '- ',
      '? ',
      ': 1',
      'null',
      '"',
      '[',
      '{}',
      '*x',
      '<<: 1',
      '!!set',
    );
    fc.assert(
      fc.property(fc.nat(lines.length - 1), fc.boolean(), spoil, (at, keep, added) => {
        holds(
          lines
            .flatMap((line, nth) =>
              nth === at ? [`${keep ? line : ''}${added}`, ...(keep ? [line] : [])] : line,
            )
            .join('\n'),
        );
      }),
      { numRuns: 100 },
    );
  });

  test('any value in the place of any other', () => {
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom(null, '', 0, -1, true, [], {}, [[]], 'anyone'),
    );
    const paths = [
      'version',
      'slack',
      'slack.mode',
      'oci',
      'rules',
      'rules.0',
      'rules.1.who',
      'rules.2.commands',
      'rules.3.where',
      'rules.3.where.tags',
      'rules.4.ask',
      'rules.4.ask.from',
      'breakGlass',
      'breakGlass.who',
      'approvals',
      'policies',
      'policies.dev-evenings',
      'policies.dev-evenings.what',
      'policies.dev-evenings.groups',
      'policies.dev-evenings.groups.0',
      'policies.dev-evenings.when',
      'policies.dev-evenings.calendars',
      'policies.dev-evenings.how',
      'policies.prod-stays-up.protect',
      'calendars.holidays',
      'calendars.holidays.closed',
      'schedules',
      'schedules.zone',
      'rates',
      'rates.perHour',
      'apps',
      'apps.shop',
      'apps.shop.find',
      'apps.shop.instance',
      'apps.shop.instance.containers.0',
      'apps.shop.instance.containers.0.env',
      'apps.shop.instance.volumes.0.files',
      'apps.shop.loadBalancer',
      'apps.shop.loadBalancer.create',
      'apps.shop.strategy',
      'apps.shop.before',
      'apps.shop.gates.0',
      'apps.shop.gates.2.person',
      'interpolate',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...paths), value, (path, wanted) => {
        const document = parseDocument(
          example.replace(/[&*]\w+/g, (word) => (word.startsWith('*') ? 'S012ENGIN' : '')),
        );
        document.setIn(
          path.split('.').map((key) => (/^\d/.test(key) ? Number(key) : key)),
          wanted,
        );
        holds(document.toString());
      }),
      { numRuns: 100 },
    );
  });
});
