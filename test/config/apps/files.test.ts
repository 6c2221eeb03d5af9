import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadSettings } from '../../../src/config/load.ts';
import { ConfigError } from '../../../src/config/reading/violation.ts';
import { changed } from '../apps.ts';
import { commands } from '../commands.ts';
import { file, now } from '../reading.ts';

const named = ['$', '{SHOP_NAME}'].join('');
const bytes = Buffer.from([0, 255, 10, 13, 128, 195, 40]);
let cwd: string;

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'lamplighter-apps-'));
  mkdirSync(join(cwd, 'conf'));
  writeFileSync(join(cwd, 'conf/shop.conf'), `name=${named}\r\n`);
  writeFileSync(join(cwd, 'conf/key.bin'), bytes);
  writeFileSync(join(cwd, 'half.bin'), Buffer.alloc(300 * 1024));
  writeFileSync(join(cwd, 'big.bin'), Buffer.alloc(512 * 1024 + 1));
});
afterAll(() => rmSync(cwd, { recursive: true }));

/** The settings of an app with these files. */
function load(files: object) {
  const app = changed({ instance: { volumes: [{ name: 'conf', files }] } });
  const text = file(`interpolate: [SHOP_NAME]\napps: ${JSON.stringify({ shop: app })}`);
  writeFileSync(join(cwd, 'lamplighter.yml'), text);
  return loadSettings({ env: { SHOP_NAME: 'The Shop' }, cwd, commands, now, slack: false }).settings;
}

function refusals(files: object): readonly string[] {
  try {
    load(files);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.violations.map(
      ({ path, sentence }) => `${path.replace('apps.shop.instance.', '')}: ${sentence}`,
    );
  }
  return [];
}

function contents(files: object): Readonly<Record<string, Buffer>> {
  const [volume] = load(files).apps[0]?.instance.volumes ?? [];
  const held = volume?.type === 'files' ? volume.files : {};
  return Object.fromEntries(Object.entries(held).map(([name, data]) => [name, Buffer.from(data, 'base64')]));
}

test('files are taken byte for byte, unless they are to be filled in', () => {
  const read = contents({
    'key.bin': 'conf/key.bin',
    'as-is.conf': './conf/shop.conf',
    'filled.conf': { file: './conf/../conf/shop.conf', interpolate: true },
    'flags.json': { text: '{"ö": 1}' },
    'raw.bin': { base64: bytes.toString('base64') },
    'x-empty': { text: '' },
  });
  expect(read['key.bin']).toEqual(bytes);
  expect(read['as-is.conf']?.toString()).toBe(`name=${named}\r\n`);
  expect(read['filled.conf']?.toString()).toBe('name=The Shop\r\n');
  expect(read['flags.json']?.toString()).toBe('{"ö": 1}');
  expect(read['raw.bin']).toEqual(bytes);
  expect(read['x-empty']).toHaveLength(0);
});

test('all that is wrong with files is told at once', () => {
  expect(
    refusals({
      a: 'nowhere.conf',
      b: '../shop.conf',
      c: '/etc/passwd',
      d: 'conf',
      e: 'big.bin',
      f: { file: 'conf/key.bin', interpolate: true },
      g: { text: 'a', file: 'a' },
      h: {},
      i: 'conf/../../secret',
    }),
  ).toEqual([
    'volumes[0].files.a: "nowhere.conf" is not there; it is looked for beside this file',
    'volumes[0].files.b: "../shop.conf" is not in the folder of this file, or below it',
    'volumes[0].files.c: "/etc/passwd" is not in the folder of this file, or below it',
    'volumes[0].files.d: "conf" cannot be read: it is a folder',
    'volumes[0].files.e: "big.bin" has 513 KiB; an instance can have 512 KiB of files',
    'volumes[0].files.f: "conf/key.bin" is no text, and cannot be interpolated',
    'volumes[0].files.g: should have one of file, text or base64',
    'volumes[0].files.h: should have one of file, text or base64',
    'volumes[0].files.i: "conf/../../secret" is not in the folder of this file, or below it',
  ]);
});

test('a value of no form is told at its place', () => {
  expect(refusals({ a: 7, b: { flie: 'x' }, c: { base64: 'not base64' } })).toEqual([
    'volumes[0].files.a: should be a path, {file: …}, {text: …} or {base64: …}, but is 7',
    'volumes[0].files.b.flie: is not a setting; did you mean file?',
    'volumes[0].files.c.base64: should be content as base64, but is "not base64"',
  ]);
});

test('names of files', () => {
  const sentence = (name: string) => `should be the name of a file without slashes, but is "${name}"`;
  expect(refusals({ 'etc/a.conf': { text: '' }, '..': { text: '' } })).toEqual([
    `volumes[0].files."etc/a.conf": ${sentence('etc/a.conf')}`,
    `volumes[0].files."..": ${sentence('..')}`,
  ]);
});

test('files that are too much together', () => {
  expect(refusals({ a: 'half.bin', b: 'half.bin' })).toEqual([
    'volumes: have 600 KiB of files; an instance can have 512 KiB',
  ]);
});

test('a file that is filled in and lacks a variable', () => {
  writeFileSync(join(cwd, 'odd.conf'), named.replace('SHOP', 'STORE'));
  expect(refusals({ a: { file: 'odd.conf', interpolate: true } })).toEqual([
    `volumes[0].files.a: "odd.conf" takes ${named.replace('SHOP', 'STORE')}, which interpolate does not list; did you mean SHOP_NAME?`,
  ]);
});
