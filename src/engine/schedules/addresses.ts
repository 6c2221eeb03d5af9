import type { Progress } from '../../core/operation.ts';
import { chunksOf } from '../store/chunks.ts';
import { parse } from '../store/records.ts';
import type { Db } from '../store/schema.ts';

/**
 * By OCID the private address that a container instance had before the bot last stopped it, whoever asked for
 * that, as the journal has it.
 */
export async function addressesBefore(
  db: Db,
  ocids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const some of chunksOf(ocids)) {
    const rows = await db
      .selectFrom('step')
      .select(['ocid', 'before'])
      .where('ocid', 'in', some)
      .where('verb', '=', 'container-instance.stop')
      .where('before', 'is not', null)
      .orderBy('operation')
      .execute();
    for (const { ocid, before } of rows) {
      const [address] = addressesOf(parse<NonNullable<Progress['before']>>(before ?? 'null'));
      if (address !== undefined) found.set(ocid, address);
    }
  }
  return found;
}

function addressesOf({ facts }: NonNullable<Progress['before']>): readonly string[] {
  return Array.isArray(facts?.addresses) ? facts.addresses.map(String) : [];
}
