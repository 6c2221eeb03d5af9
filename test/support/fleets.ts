import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';

/** A seed with `count` fleets of `size` running instances each, tagged app=fleet-1 env=dev and so on; its file. */
export function fleets(count: number, size: number): string {
  const file = join(mkdtempSync(join(tmpdir(), 'lamplighter-seed-')), 'seed.yml');
  writeFileSync(
    file,
    stringify({
      tenancy: 'lamplighter',
      user: { name: 'lamplighter', email: 'lamplighter@example.com' },
      regions: [{ name: 'eu-frankfurt-1', key: 'FRA', domains: 3 }],
      compartments: { fleet: { description: 'Instances that are alike' } },
      instances: Array.from({ length: count }, (_, at) => ({
        name: `fleet-${at + 1}-{n}`,
        region: 'eu-frankfurt-1',
        compartment: 'fleet',
        tags: { app: `fleet-${at + 1}`, env: 'dev' },
        count: size,
      })),
    }),
  );
  return file;
}
