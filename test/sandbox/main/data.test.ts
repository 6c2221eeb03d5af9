import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openData, writeOciConfig } from '../../../sandbox/data.ts';
import { choosePorts } from '../../../sandbox/ports.ts';
import { readState, type State, StateFile } from '../../../sandbox/state.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lamplighter-data-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const state: State = { version: 1, offset: 3_600_000, slack: { said: ['one'] }, oci: {}, seed: 'abc' };

test('a folder is one sandbox’s until that one lets go', () => {
  const first = openData(folder, { fresh: false });
  expect(() => openData(folder, { fresh: true })).toThrowError(/Another sandbox is running on/);
  first.unlock();
  openData(folder, { fresh: false }).unlock();
});

test('a folder that cannot be made is a sentence', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(() => openData(join(folder, 'file'), { fresh: false })).toThrowError(
    expect.objectContaining({ name: 'BadStart' }),
  );
});

test('what was written is read again, and --fresh forgets it', () => {
  const data = openData(folder, { fresh: false });
  expect(readState(data.state)).toBeUndefined();
  new StateFile(
    data.state,
    () => state,
    () => {},
  ).write();
  expect(readState(data.state)).toEqual(state);
  data.unlock();
  const again = openData(folder, { fresh: true });
  expect(readState(again.state)).toBeUndefined();
  again.unlock();
});

test('a state that is no state is refused with the way out', () => {
  const file = join(folder, 'state.json');
  for (const text of ['', '{"version":1', '[]', '{"version":2,"offset":0,"seed":""}']) {
    writeFileSync(file, text);
    expect(() => readState(file)).toThrowError(/Add --fresh to start over/);
  }
});

test('after it is closed, the state file is left alone', () => {
  const file = join(folder, 'state.json');
  const kept = new StateFile(
    file,
    () => state,
    () => {},
  );
  kept.touch();
  kept.close();
  rmSync(file);
  kept.touch();
  expect(readState(file)).toBeUndefined();
});

test('a state that cannot be written is told, and nothing ends', () => {
  const said: string[] = [];
  const file = join(folder, 'no-such-folder', 'state.json');
  new StateFile(
    file,
    () => state,
    (sentence) => said.push(sentence),
  ).write();
  expect(said).toEqual([expect.stringMatching(/^The state of the sandbox could not be kept: ENOENT/)]);
});

test('the OCI configuration and its key are their owner’s only', () => {
  const data = openData(folder, { fresh: false });
  writeOciConfig(data, { tenancy: 't', user: 'u', fingerprint: 'f', privateKey: 'PEM', region: 'r' });
  expect(readFileSync(data.ociConfig, 'utf8')).toBe(
    `[DEFAULT]\nuser=u\nfingerprint=f\ntenancy=t\nregion=r\nkey_file=${data.ociKey}\n`,
  );
  for (const file of [data.ociConfig, data.ociKey]) expect(statSync(file).mode & 0o077).toBe(0);
  data.unlock();
});

test('a taken port is refused when it was asked for, and gives way when it was not', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const address = taken.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const said: string[] = [];
  const say = (sentence: string) => said.push(sentence);

  await expect(choosePorts(port, true, say)).rejects.toThrowError(`Port ${port} is taken.`);
  await expect(choosePorts(port - 2, true, say)).rejects.toThrowError(/is taken/);
  expect(said).toEqual([]);
  expect(await choosePorts(port, false, say)).toEqual({ page: 0, slack: 0, oci: 0, bot: 0 });
  expect(said).toEqual([`Port ${port} is taken, so other ports are used.`]);
  await new Promise((resolve) => taken.close(resolve));
});
