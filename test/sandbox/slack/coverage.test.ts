import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { WebClient } from '@slack/web-api';
import { expect, test } from 'vitest';
import { methods } from '../../../sandbox/slack/api/methods.ts';
import { blocksOn } from '../../../sandbox/slack/blocks/blocks.ts';
import { coverage } from '../../../sandbox/slack/coverage.ts';
import { world } from './support.ts';

test('the coverage table lists exactly the methods that are answered', () => {
  expect(Object.keys(coverage).sort()).toEqual(Object.keys(methods).sort());
});

test.each(Object.keys(coverage))('the real WebClient has %s', (name) => {
  const client = name
    .split('.')
    .reduce<unknown>((within, key) => Reflect.get(Object(within), key), new WebClient());
  expect(client).toBeTypeOf('function');
});

test('every block of @slack/types is validated on some surface', () => {
  const file = createRequire(import.meta.url)
    .resolve('@slack/types')
    .replace('index.js', 'block-kit/blocks.d.ts');
  const declared = [...readFileSync(file, 'utf8').matchAll(/^ {4}type: '(\w+)';/gm)].map((found) => found[1]);
  const known = new Set(Object.values(blocksOn).flatMap(Object.keys));
  expect(declared.length).toBeGreaterThan(15);
  expect(declared.filter((type) => !known.has(type ?? ''))).toEqual([]);
});

test('README.md names every route of the control API', async () => {
  const here = await world();
  const readme = readFileSync(new URL('../../../sandbox/slack/README.md', import.meta.url), 'utf8');
  const routes = here.slack.control.routes.filter(({ method }) => method !== 'ALL');
  const named = ({ method, path }: { method: string; path: string }) =>
    new RegExp(`${method} ${path}[\`? ]`).test(readme);
  expect(routes.length).toBeGreaterThan(20);
  expect(routes.filter((route) => !named(route)).map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  await here.slack.close();
});
