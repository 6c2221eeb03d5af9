import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import deployCommand from '../../commands/deploy.ts';
import rollbackCommand from '../../commands/rollback.ts';
import type { NamedCommand } from '../../src/command.ts';
import { cutLine } from '../../src/core/parse.ts';
import { Refusal } from '../../src/core/refusal.ts';
import { environment, image, strategy } from '../../src/deploying/words.ts';
import { bind, type Invocation } from '../../src/line/bind.ts';

/** What stands behind the app in a line that deploys it, as it is typed and as a form fills it in. */

const deploy = { name: 'deploy', ...deployCommand };
const fields = { image: image(), env: environment(), strategy: strategy() };

function read(words: string): Invocation['input'] {
  return bind(deploy, cutLine(`shop ${words}`)).input;
}

describe('the words', () => {
  test.each([
    ['', undefined, {}, undefined],
    ['image=1.4.2', '1.4.2', {}, undefined],
    ['IMAGE=1.4.2', '1.4.2', {}, undefined],
    ['1.4.2', '1.4.2', {}, undefined],
    [':1.4.2', ':1.4.2', {}, undefined],
    ['image=fra.ocir.io/lamplight/shop-api:1.4.2', 'fra.ocir.io/lamplight/shop-api:1.4.2', {}, undefined],
    ['image=…:1.4.2', '…:1.4.2', {}, undefined],
    ['image=1.4.2 env LOG_LEVEL=debug', '1.4.2', { LOG_LEVEL: 'debug' }, undefined],
    ['env A=1 B=2', undefined, { A: '1', B: '2' }, undefined],
    ['set A=1 env B=2', undefined, { A: '1', B: '2' }, undefined],
    ['env A= B=x=y', undefined, { A: '', B: 'x=y' }, undefined],
    ['env "GREETING=good morning"', undefined, { GREETING: 'good morning' }, undefined],
    ['env image=x strategy=y', undefined, { image: 'x', strategy: 'y' }, undefined],
    ['rolling 2', undefined, {}, 'rolling 2'],
    ['Blue-Green', undefined, {}, 'Blue-Green'],
    ['bluegreen', undefined, {}, 'bluegreen'],
    ['strategy=rolling 2', undefined, {}, 'rolling 2'],
    ['canary 5 % 10m, 100 %', undefined, {}, 'canary 5 % 10m, 100 %'],
    [
      'image=1.4.2 env LOG_LEVEL=debug canary 5 % 10m, 25 % 10m, 100 %',
      '1.4.2',
      { LOG_LEVEL: 'debug' },
      'canary 5 % 10m, 25 % 10m, 100 %',
    ],
  ])('%s', (words, image, env, strategy) => {
    expect(read(words)).toMatchObject({ app: 'shop', image, env, strategy });
  });

  test.each([
    ['image=1 image=2', 'image= is given twice.'],
    ['1 image=2', 'image= is given twice.'],
    ['image=', 'There is no image behind image=.'],
    ['image=1 2', 'I have no use for "2".'],
    ['tag=1.4.2', 'I have no use for "tag=1.4.2".'],
    ['env', 'There is nothing behind env.'],
    ['env rolling', 'There is nothing behind env.'],
    ['env A', '"A" sets nothing in the environment.'],
    ['env 1A=2', '"1A=2" sets nothing in the environment.'],
    ['env =2', '"=2" sets nothing in the environment.'],
    ['env A=1 A=2', 'A is set twice.'],
    ['image=1 --tag 2', 'deploy has no flag --tag.'],
    ['image=1.4.2 blue-geen', '"blue-geen" is not a strategy.'],
    ['1.4.2 canry 5 % 10m, 100 %', '"canry" is not a strategy.'],
    ['canry 5 % 10m, 100 %', '"canry" is not a strategy.'],
    ['env A=1 roling 2', '"roling" is not a strategy.'],
  ])('%s is refused', (words, message) => {
    expect(() => read(words)).toThrow(Refusal);
    expect(() => read(words)).toThrow(message);
  });
});

test('a strategy that is misspelt is told, with the one that is meant', () => {
  const hintOf = (command: NamedCommand, words: string) => {
    try {
      return bind(command, cutLine(words)).input;
    } catch (error) {
      return error;
    }
  };
  const back = { name: 'rollback', ...rollbackCommand };
  expect(hintOf(deploy, 'shop image=1.4.2 blue-geen')).toMatchObject({ hint: 'Did you mean blue-green?' });
  expect(hintOf(back, 'shop to 7 canry 5 %')).toMatchObject({
    message: '"canry" is not a strategy.',
    hint: 'Did you mean canary?',
  });
  expect(hintOf(back, 'shop canary 50 % 1m, 100 %')).toMatchObject({
    to: undefined,
    strategy: 'canary 50 % 1m, 100 %',
  });
  expect(hintOf(back, 'shop 7')).toMatchObject({ message: 'I have no use for "7".' });
});

test('a form stands for the line that would be typed, whatever is filled in', () => {
  const tag = fc
    .stringMatching(/^[a-z0-9][a-z0-9._-]{0,20}$/)
    .filter((each) => !/^(env|set|rolling|blue-?green|canary)$/.test(each));
  const key = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,10}$/);
  const value = fc
    .string({
      maxLength: 12,
      unit: fc.constantFrom('a', 'Z', '7', ' ', '"', "'", '\\', '=', ',', '%', '-', '$', '/'),
    })
    .filter((each) => each === each.trim() && !/ {2}/.test(each));
  const picks = fc.constantFrom('own', 'rolling', 'rolling 2', 'blue-green', 'canary 5 % 10m, 100 %');
  fc.assert(
    fc.property(
      fc.option(tag),
      fc.dictionary(key, value, { noNullPrototype: true, maxKeys: 4 }),
      picks,
      (tagged, env, picked) => {
        const lines = Object.entries(env).map(([name, each]) => `${name}=${each}`);
        const parts = [
          tagged === null ? '' : fields.image.inLine?.(tagged),
          lines.length > 0 ? fields.env.inLine?.(`\n${lines.join('\r\n')}\n`) : '',
          fields.strategy.inLine?.(picked),
        ];
        expect(read(parts.join(' '))).toMatchObject({
          image: tagged ?? undefined,
          env,
          strategy: picked === 'own' ? undefined : picked,
        });
      },
    ),
  );
});

test('a line never breaks it: it is read or refused', () => {
  const word = fc.oneof(
    fc.constantFrom(
      'image=',
      'image=1',
      'env',
      'set',
      'A=1',
      'A',
      'rolling',
      'canary',
      '5 %',
      '--env',
      'strategy=x',
      '""',
    ),
    fc.string({ maxLength: 6 }),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), (words) => {
      try {
        read(words.join(' '));
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal);
      }
    }),
  );
});
