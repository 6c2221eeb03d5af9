/** An emulated tenancy of two thousand resources for the bot of the benchmark, and its configuration. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { SandboxClock } from '../sandbox/clock.ts';
import { type OciSandbox, readSeed, startOci } from '../sandbox/oci/server.ts';

export interface BenchCloud {
  readonly oci: OciSandbox;
  /** What the bot needs to find it. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const regions = ['eu-frankfurt-1', 'eu-amsterdam-1'];

export async function startCloud(clock: SandboxClock, folder: string): Promise<BenchCloud> {
  mkdirSync(folder, { recursive: true });
  const seedFile = join(folder, 'seed.yml');
  writeFileSync(seedFile, stringify(seed()));
  const oci = await startOci({ clock, seed: readSeed(seedFile) });
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

function seed() {
  return {
    tenancy: 'bench',
    user: { name: 'bench', email: 'bench@example.com' },
    regions: regions.map((name, at) => ({ name, key: ['FRA', 'AMS'][at], domains: 3 })),
    compartments: Object.fromEntries(
      ['shop', 'data', 'edge', 'lab'].map((path) => [path, { description: `The ${path} team` }]),
    ),
    instances: regions.flatMap((region) =>
      ['shop', 'data', 'edge', 'lab'].map((compartment) => ({
        name: `${compartment}-{n}`,
        region,
        compartment,
        tags: { app: compartment, env: 'dev' },
        count: 250,
      })),
    ),
  };
}
