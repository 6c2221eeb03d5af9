import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { everything } from '../../../src/core/selector.ts';
import { identify } from '../../../src/oci/client/auth.ts';
import type { Cloud } from '../../../src/oci/cloud.ts';
import { type Stage, stage } from '../sandbox.ts';

let on: Stage;
let folder: string;
let good: string;
beforeAll(async () => {
  on = await stage();
  folder = await mkdtemp(join(tmpdir(), 'lamplighter-auth-'));
  good = await readFile(on.configFile, 'utf8');
});
afterAll(async () => {
  await on.close();
  await rm(folder, { recursive: true });
});

async function written(text: string): Promise<string> {
  const file = join(folder, 'config');
  await writeFile(file, text);
  return file;
}

const openWith = (file: string, profile?: string): Cloud =>
  on.open({ auth: { type: 'config', file, ...(profile ? { profile } : {}) } });

describe('a configuration that cannot be used says why', () => {
  test.each([
    ['has no such profile', (text: string) => text, 'OTHER', /has no profile OTHER/],
    ['has no user', (text: string) => text.replace(/user=.*\n/, ''), undefined, /has no user/],
    [
      'has no fingerprint',
      (text: string) => text.replace(/fingerprint=.*\n/, ''),
      undefined,
      /no fingerprint/,
    ],
    ['has no region', (text: string) => text.replace(/region=.*\n/, ''), undefined, /set OCI_REGION/],
    [
      'names a key that is not there',
      (text: string) => text.replace('key.pem', 'lost.pem'),
      undefined,
      /key file .*lost\.pem cannot be read \(ENOENT\)/,
    ],
    [
      'is not a configuration',
      () => '[DEFAULT]\n-----BEGIN PRIVATE KEY-----\nMIIsecret',
      undefined,
      /is not well formed/,
    ],
  ])('when it %s', async (_, change, profile, reason) => {
    const cloud = openWith(await written(change(good)), profile);
    const failure = await cloud.reader.find(everything).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'CloudError', status: 401, code: 'NotConfigured' });
    expect(String(failure)).toMatch(reason);
    expect(String(failure)).not.toContain('MIIsecret');
  });

  test('when the file is missing', async () => {
    const cloud = openWith(join(folder, 'nowhere'));
    await expect(cloud.reader.find(everything)).rejects.toThrow(/nowhere cannot be read \(ENOENT\)/);
  });

  test('and is read again when it has been put right', async () => {
    const cloud = openWith(await written(good.replace(/user=.*\n/, '')));
    await expect(cloud.reader.find(everything)).rejects.toThrow(/no user/);
    await written(good);
    expect((await cloud.reader.find(everything)).missing).toEqual([]);
  });
});

test('another profile takes what it lacks from DEFAULT, as the SDKs do', async () => {
  const file = await written(`${good}\n[NIGHT]\nregion=eu-amsterdam-1\n`);
  expect((await identify({ type: 'config', file, profile: 'NIGHT' }, undefined)).region).toBe(
    'eu-amsterdam-1',
  );
});

test('a configuration without DEFAULT is read without a word on stdout', async () => {
  const said = vi.spyOn(console, 'info');
  const file = await written(good.replace('[DEFAULT]', '[NIGHT]'));
  expect((await identify({ type: 'config', file, profile: 'NIGHT' }, undefined)).region).toBe(
    'eu-frankfurt-1',
  );
  expect(said).not.toHaveBeenCalled();
  said.mockRestore();
});

test('a wrong key is refused by OCI, and nothing of it is said or logged, on the console neither', async () => {
  const said = ['log', 'info', 'warn', 'error'] as const;
  const spies = said.map((method) => vi.spyOn(console, method));
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  await writeFile(join(folder, 'wrong.pem'), pem);
  const right = join(dirname(on.configFile), 'key.pem');
  const cloud = openWith(await written(good.replace(right, join(folder, 'wrong.pem'))));
  const failure = await cloud.reader.find(everything).catch((error: unknown) => error);
  expect(failure).toMatchObject({ name: 'CloudError', status: 401, code: 'NotAuthenticated' });
  const secrets = pem.split('\n').filter((line) => line.length > 40 && !line.includes('-----'));
  const told = `${String(failure)} ${JSON.stringify(failure)} ${on.logged.join('\n')}`;
  for (const secret of secrets) expect(told).not.toContain(secret);
  expect(told).not.toContain('keyId');
  for (const spy of spies) {
    expect(spy).not.toHaveBeenCalled();
    spy.mockRestore();
  }
});

// An instance principal would ask the metadata address of the machine, which outside of OCI never answers.
test.each(['resource-principal', 'workload-identity'] as const)(
  '%s outside of OCI is refused with a sentence',
  async (type) => {
    await expect(identify({ type }, 'eu-frankfurt-1')).rejects.toMatchObject({
      code: 'NotConfigured',
      message: expect.stringMatching(new RegExp(`^no ${type} could be had here: `)),
    });
  },
);
