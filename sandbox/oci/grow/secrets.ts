import { ocid } from '../ids.ts';
import { dice } from '../random.ts';
import type { VaultSecret } from '../resources/secrets.ts';
import type { Seed } from '../seed/seed.ts';
import type { Tenancy } from '../tenancy.ts';
import { common, crowd } from './common.ts';

export function growSecrets(seed: Seed, tenancy: Tenancy): VaultSecret[] {
  return seed.secrets.flatMap((entry) => crowd(entry).map((one) => grown(one, tenancy)));
}

export function vaultId(tenancy: Tenancy, region: string, vault: string): string {
  return ocid('vault', region, tenancy.name, vault);
}

function grown(entry: Seed['secrets'][number], tenancy: Tenancy): VaultSecret {
  const { region, vault, name, previous, content } = entry;
  const id = ocid('vaultsecret', region, tenancy.name, vault, name);
  const base = common(entry, tenancy, 'ACTIVE', dice(id));
  const contents = previous === undefined ? [content] : [previous, content];
  return {
    type: 'VaultSecret',
    ocid: id,
    ...base,
    vaultId: vaultId(tenancy, region, vault),
    versions: contents.map((each, at) => ({ number: at + 1, content: each, at: base.timeCreated })),
  };
}
