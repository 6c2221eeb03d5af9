import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { variables } from '../../../src/config/environment.ts';
import { interpolate, isOwn } from '../../../src/config/reading/interpolate.ts';
import { rightApp, wrongApp } from '../apps.ts';

/** `${…}`, which no string of a program should have by accident. */
const v = (inside: string) => ['$', '{', inside, '}'].join('');
const env = { SHOP_NAME: 'The Shop', SHOP_EMPTY: '', HOME: '/home/lamp', DATABASE_URL: 'postgres://secret' };
const from = { env, allowed: ['SHOP_*', 'TIER', 'DATABASE_URL'] };

test.each([
  ['plain', 'plain'],
  [`a ${v('SHOP_NAME')} b ${v('SHOP_NAME')}`, 'a The Shop b The Shop'],
  [v('TIER:-api'), 'api'],
  [v('SHOP_NAME:-x'), 'The Shop'],
  [v('SHOP_EMPTY:-x'), 'x'],
  [v('TIER:-a:-b c'), 'a:-b c'],
  [`$${v('SHOP_NAME')}`, v('SHOP_NAME')],
  [`$${v('')}`, v('')],
  ['$SHOP_NAME $$ {SHOP_NAME}', '$SHOP_NAME $$ {SHOP_NAME}'],
])('%s is %s', (text, filled) => expect(interpolate(text, from)).toEqual({ text: filled, problems: [] }));

const own = 'which Lamplighter reads itself, and which never reaches a container;';

test.each([
  [
    v('TIER'),
    [
      `takes ${v('TIER')}, which is not set in the environment of the bot; set it, or write ${v('TIER:-text')}`,
    ],
  ],
  [
    v('SHOP_EMPTY'),
    [
      `takes ${v('SHOP_EMPTY')}, which is not set in the environment of the bot; set it, or write ${v('SHOP_EMPTY:-text')}`,
    ],
  ],
  [
    v('HOME'),
    [`takes ${v('HOME')}, which interpolate does not list; list it there if containers may know it`],
  ],
  [v('TEIR:-api'), [`takes ${v('TEIR')}, which interpolate does not list; did you mean TIER?`]],
  [
    v('DATABASE_URL:-none'),
    [
      `takes ${v('DATABASE_URL')}, ${own} give the container a Vault secret instead, {secret: ocid1.vaultsecret.…}`,
    ],
  ],
  [v('OCI_REGION'), [`takes ${v('OCI_REGION')}, ${own} in env, {region} is the region of the app`]],
  [
    `${v('1ST')} ${v('')}`,
    [v('1ST'), v('')].map(
      (odd) =>
        `has ${odd}, which is no variable; write ${v('NAME')} or ${v('NAME:-text')}, or $${v('').slice(0, 2)} for the characters themselves`,
    ),
  ],
])('%s is refused', (text, problems) => expect(interpolate(text, from)).toEqual({ text, problems }));

describe('nothing that the bot reads comes out', () => {
  const names = [
    ...Object.keys(variables),
    'OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM',
    'PGPASSWORD',
    'NODE_OPTIONS',
    'SLACK_CLIENT_SECRET',
    'LAMPLIGHTER_ANYTHING',
  ];

  test.each(names)('%s', (name) => {
    expect(isOwn(name)).toBe(true);
    const greedy = { env: { [name]: 'hunter2' }, allowed: [name, `${name.slice(0, 2)}*`] };
    const { text, problems } = interpolate(`${v(name)} ${v(`${name}:-x`)}`, greedy);
    expect(text).not.toContain('hunter2');
    expect(problems).toHaveLength(2);
  });

  test('whatever the text', () => {
    const secret = fc.constantFrom(...names);
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), secret, secret.map(v), fc.constantFrom('$', '{', '}', ':-'))),
        (parts) => {
          const environment = Object.fromEntries(names.map((name) => [name, 'hunter2']));
          expect(interpolate(parts.join(''), { env: environment, allowed: names }).text).not.toContain(
            'hunter2',
          );
        },
      ),
    );
  });
});

test('a text without variables stays as it is', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const plain = text.replaceAll('$', '');
      expect(interpolate(plain, from)).toEqual({ text: plain, problems: [] });
    }),
  );
});

describe('in an app', () => {
  const around = { env, beside: { interpolate: ['SHOP_*'] } };

  test('variables are filled into the strings of an instance and its hooks', () => {
    const { app } = rightApp(
      {
        instance: {
          subnet: v('SHOP_NET:-private'),
          tags: { note: v('SHOP_NAME') },
          volumes: [{ name: 'conf', files: { a: { text: v('SHOP_NAME') } } }],
        },
        before: { arguments: [v('SHOP_NAME')] },
      },
      around,
    );
    expect(app.instance.vnics[0]?.subnet).toBe('private');
    expect(app.instance.tags.note).toBe('The Shop');
    expect(app.instance.volumes).toEqual([
      { type: 'files', name: 'conf', files: { a: Buffer.from('The Shop').toString('base64') } },
    ]);
    expect(app.before?.container.arguments).toEqual(['The Shop']);
  });

  test('and nowhere else', () => {
    expect(wrongApp({ region: v('SHOP_NAME') }, around)).toEqual([
      `region: should be a region name such as eu-frankfurt-1, but is "${v('SHOP_NAME')}"`,
    ]);
  });

  test('what is wrong with a value does not show the value', () => {
    expect(wrongApp({ instance: { shape: v('SHOP_NAME') } }, around)).toEqual([
      `instance.shape: should be a shape of container instances such as CI.Standard.E4.Flex, but is "${v('SHOP_NAME')}"`,
    ]);
  });

  test('a variable that is missing is told once, whatever else is wrong with its text', () => {
    expect(wrongApp({ instance: { shape: v('SHOP_SHAPE') } }, around)).toEqual([
      `instance.shape: takes ${v('SHOP_SHAPE')}, which is not set in the environment of the bot; set it, or write ${v('SHOP_SHAPE:-text')}`,
    ]);
  });

  test('what nobody may list', () => {
    const beside = { interpolate: ['SHOP_*', 'SLACK_*', 'PGPASSWORD', 'a b'] };
    expect(wrongApp({}, { beside })).toEqual([
      'interpolate[1]: "SLACK_*" is what Lamplighter reads itself, and never reaches a container',
      'interpolate[2]: "PGPASSWORD" is what Lamplighter reads itself, and never reaches a container',
      'interpolate[3]: should be the name of a variable, or how names begin, such as SHOP_*, but is "a b"',
    ]);
  });
});
