import { describe, expect, test } from 'vitest';
import { help, readOptions } from '../../../sandbox/options.ts';
import { packageRoot } from '../../../sandbox/root.ts';

const read = (...argv: string[]) => readOptions(argv, packageRoot);

test('without options: the bot, the default port, the folder under the current one', () => {
  expect(read()).toEqual({
    json: false,
    port: 4100,
    portGiven: false,
    withBot: true,
    config: undefined,
    seed: undefined,
    manifest: undefined,
    data: `${packageRoot}/.lamplighter/sandbox`,
    fresh: false,
    database: undefined,
  });
});

test('every option is read, and paths are taken from the current folder', () => {
  const given = [
    '--json',
    '--port=0',
    '--without-bot',
    '--fresh',
    '--config=package.json',
    '--manifest=manifest.yml',
    '--data',
    'some/where',
  ];
  expect(read(...given, '--database', 'postgres://me@127.0.0.1/x')).toMatchObject({
    json: true,
    port: 0,
    portGiven: true,
    withBot: false,
    fresh: true,
    config: `${packageRoot}/package.json`,
    manifest: `${packageRoot}/manifest.yml`,
    data: `${packageRoot}/some/where`,
    database: 'postgres://me@127.0.0.1/x',
  });
});

test('--help names every option that is understood', () => {
  expect(read('--help')).toBe('help');
  for (const name of [
    'json',
    'port',
    'without-bot',
    'config',
    'seed',
    'manifest',
    'fresh',
    'data',
    'database',
    'help',
  ])
    expect(help).toContain(`--${name}`);
});

describe('what is refused, each in one sentence', () => {
  test.each([
    [['--prot', '1'], /Unknown option '--prot'/],
    [['start'], /Unexpected argument 'start'/],
    [['--port'], /--port <value>' argument missing/],
    [['--json=yes'], /does not take an argument/],
    [['--port', 'eighty'], /--port eighty is not a port/],
    [['--port', '-1'], /--port/],
    [['--port', '65533'], /--port 65533 is not a port/],
    [['--config', 'no-such.yml'], /--config no-such.yml: there is no such file\./],
    [['--seed', 'sandbox'], /--seed sandbox: there is no such file\./],
    [['--data', 'package.json'], /--data package.json is a file/],
    [['--database', 'mysql://x'], /PostgreSQL address/],
  ])('%j', (argv, sentence) => {
    expect(() => read(...argv)).toThrowError(expect.objectContaining({ name: 'BadStart' }));
    expect(() => read(...argv)).toThrowError(sentence);
    expect(() => read(...argv)).not.toThrowError(/\n/);
  });
});
