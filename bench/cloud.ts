/** An emulated tenancy for the bot of the benchmark, of two thousand instances unless given, and its configuration. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { SandboxClock } from '../sandbox/clock.ts';
import { type Limit, type OciSandbox, readSeed, startOci, type Times } from '../sandbox/oci/server.ts';

export interface BenchCloud {
  readonly oci: OciSandbox;
  /** What the bot needs to find it. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export const regions = ['eu-frankfurt-1', 'eu-amsterdam-1'];

export interface CloudNeeds {
  /** Lists of a seed. */
  readonly lists?: Readonly<Record<string, readonly object[]>>;
  readonly limits?: readonly Limit[];
  readonly times?: Partial<Times>;
}

export async function startCloud(
  clock: SandboxClock,
  folder: string,
  { lists = { instances: crowd() }, ...options }: CloudNeeds = {},
): Promise<BenchCloud> {
  mkdirSync(folder, { recursive: true });
  const seedFile = join(folder, 'seed.yml');
  writeFileSync(seedFile, stringify({ ...ground(), ...lists }));
  const oci = await startOci({ clock, seed: readSeed(seedFile), ...options });
  const { tenancy, user, fingerprint, privateKey, region } = oci.credentials;
  const keyFile = join(folder, 'key.pem');
  writeFileSync(keyFile, privateKey, { mode: 0o600 });
  const configFile = join(folder, 'oci-config');
  writeFileSync(
    configFile,
    `[DEFAULT]\nuser=${user}\nfingerprint=${fingerprint}\ntenancy=${tenancy}\nregion=${region}\nkey_file=${keyFile}\n`,
  );
  const rules = join(folder, 'lamplighter.yml');
  writeFileSync(
    rules,
    stringify({
      version: 1,
      slack: { announce: 'C0INCIDENTS' },
      rules: [{ name: 'engineers look', who: ['S0ENGINEERS'], commands: ['queries'], allow: true }],
    }),
  );
  const env = { OCI_ENDPOINT: oci.endpoint, OCI_CONFIG_FILE: configFile, LAMPLIGHTER_CONFIG: rules };
  return { oci, env, close: () => oci.close() };
}

/** Every call is answered 20 ms late from now on. */
export async function slowly({ oci }: BenchCloud): Promise<void> {
  await oci.control.request('/faults', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ operation: '*', latency: { ms: 20 }, probability: 1 }),
  });
}

function ground() {
  return {
    tenancy: 'bench',
    user: { name: 'bench', email: 'bench@example.com' },
    regions: regions.map((name, at) => ({ name, key: ['FRA', 'AMS'][at], domains: 3 })),
    compartments: Object.fromEntries(
      ['shop', 'data', 'edge', 'lab'].map((path) => [path, { description: `The ${path} team` }]),
    ),
  };
}

function crowd(): readonly object[] {
  return regions.flatMap((region) =>
    ['shop', 'data', 'edge', 'lab'].map((compartment) => ({
      name: `${compartment}-{n}`,
      region,
      compartment,
      tags: { app: compartment, env: 'dev' },
      count: 250,
    })),
  );
}
