import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../src/root.ts';

/** Which doors open which way. A test, so that an arrow that runs back fails with its file and line. */

const files = ['src', 'commands', 'sandbox'].flatMap((folder) => sources(join(packageRoot, folder)));
const imports = files.flatMap((file) => importsOf(file));

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return name === 'node_modules' ? [] : sources(path);
    return /\.tsx?$/.test(name) ? [path] : [];
  });
}

function importsOf(file: string): { from: string; to: string }[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/(?:from\s+|import\s*\(\s*|^import\s+)'([^']+)'/gm)].map(([, to = '']) => ({
    from: relative(packageRoot, file),
    to: to.startsWith('.') ? relative(packageRoot, resolve(dirname(file), to)) : to,
  }));
}

const inside = (place: string) => imports.filter(({ from }) => from.startsWith(place));
const show = (found: { from: string; to: string }[]) => found.map(({ from, to }) => `${from} → ${to}`);

describe('imports', () => {
  test('are found at all', () => expect(imports.length).toBeGreaterThan(100));

  test('core imports core, and pure libraries', () => {
    const others = inside('src/core/').filter(
      ({ to }) => !to.startsWith('src/core/') && !['fastest-levenshtein', 'temporal-polyfill'].includes(to),
    );
    expect(show(others)).toEqual([]);
  });

  test.each([
    ['src/oci/', /^oci-/],
    ['src/slack/', /^@slack\//],
    ['src/engine/', /^(kysely|libsql|pg)$/],
    ['src/config/', /^ical\.js$/],
    ['src/chart/', /^(echarts(\/.*)?|@resvg\/.*)$/],
  ])('only %s imports its libraries', (room, library) => {
    const strangers = imports.filter(
      ({ from, to }) => library.test(to) && !from.startsWith(room) && !from.startsWith('sandbox/'),
    );
    expect(show(strangers)).toEqual([]);
    expect(inside(room).some(({ to }) => library.test(to))).toBe(true);
  });

  test.each([
    [
      'commands/',
      [
        'src/command.ts',
        'src/core/',
        'src/targets.ts',
        'src/acts.ts',
        'src/line/',
        'src/keeping/',
        'src/deploying/',
      ],
    ],
    ['src/oci/', ['src/oci/', 'src/core/', 'src/log.ts']],
    ['src/chart/', ['src/chart/']],
    ['src/line/', ['src/line/', 'src/command.ts', 'src/arguments.ts', 'src/core/']],
    ['src/keeping/', ['src/keeping/', 'src/core/', 'src/command.ts', 'src/targets.ts', 'src/acts.ts']],
    ['src/deploying/', ['src/deploying/', 'src/core/', 'src/command.ts', 'src/arguments.ts']],
    ['sandbox/traffic/', ['sandbox/traffic/', 'sandbox/oci/', 'sandbox/clock.ts']],
    [
      'src/lights/',
      [
        'src/lights/',
        'src/core/',
        'src/engine/',
        'src/chart/',
        'src/command.ts',
        'src/targets.ts',
        'src/log.ts',
      ],
    ],
    ['src/engine/', ['src/engine/', 'src/core/', 'src/command.ts', 'src/log.ts']],
    ['src/slack/', ['src/slack/', 'src/core/', 'src/engine/', 'src/command.ts', 'src/line/', 'src/log.ts']],
  ])('%s imports nothing of ours but what is below it', (room, allowed) => {
    const back = inside(room).filter(
      ({ to }) => /^(src|commands|sandbox)\//.test(to) && !allowed.some((place) => to.startsWith(place)),
    );
    expect(show(back)).toEqual([]);
  });

  test('of two rooms beside each other one imports the other, or neither', () => {
    const inner = /^(src|sandbox\/\w+)\//;
    const arrows = new Set(
      imports
        .map(({ from, to }) => ({ from: dirname(from), to: dirname(to) }))
        .filter(({ from, to }) => from !== to && inner.test(from) && dirname(from) === dirname(to))
        .map(({ from, to }) => `${from} → ${to}`),
    );
    const back = [...arrows].filter((arrow) => arrows.has(arrow.split(' → ').reverse().join(' → ')));
    expect(arrows.size).toBeGreaterThan(10);
    expect(back).toEqual([]);
  });

  test('no file imports itself by way of others', () => {
    const below = new Map(files.map((file) => [relative(packageRoot, file), importsOf(file)]));
    const settled = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, way: readonly string[]): void => {
      if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(' → '));
      if (settled.has(file) || way.includes(file)) return;
      for (const { to } of below.get(file) ?? []) visit(to, [...way, file]);
      settled.add(file);
    };
    for (const file of below.keys()) visit(file, []);
    expect(circles).toEqual([]);
  });

  test('the sandbox knows the bot only by its start', () => {
    const known = ['src/start.ts', 'src/core/clock.ts'];
    const back = inside('sandbox/').filter(({ to }) => /^(src|commands)\//.test(to) && !known.includes(to));
    expect(show(back)).toEqual([]);
  });

  test('nothing in the bot knows the sandbox', () => {
    const back = [...inside('src/'), ...inside('commands/')].filter(({ to }) => to.startsWith('sandbox/'));
    expect(show(back)).toEqual([]);
  });
});

test('the environment is read in one place', () => {
  const readers = files.filter(
    (file) =>
      /^(src|commands)\//.test(relative(packageRoot, file)) &&
      /process\.env/.test(readFileSync(file, 'utf8')),
  );
  expect(readers.map((file) => relative(packageRoot, file))).toEqual(['src/main.ts']);
});
