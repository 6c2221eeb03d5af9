import { resolve } from 'node:path';
import { type Env, readEnvironment } from '../config/environment.ts';
import { ConfigError } from '../config/reading/violation.ts';
import { verifyAudit } from '../engine/audit.ts';
import { openStore } from '../engine/store/store.ts';

/**
 * `npm run audit:verify`: reads the audit of the store that the environment names from its first entry
 * and proves the chain. Writes one sentence; resolves with the exit code: 0 whole, 1 broken.
 */
export async function verifyHere(env: Env, cwd: string, write: (text: string) => void): Promise<number> {
  const { environment, violations } = readEnvironment(env);
  if (violations.length > 0) throw new ConfigError(violations);
  const { databaseUrl, storeFolder } = environment;
  const store = await openStore({
    folder: resolve(cwd, storeFolder ?? '.lamplighter/store'),
    ...(databaseUrl ? { url: databaseUrl.reveal() } : {}),
  });
  try {
    const { entries, fault } = await verifyAudit(store);
    write(
      fault
        ? `The audit in ${store.place} does not hold: ${fault.because}.\n`
        : `The audit in ${store.place} is whole: ${entries} entries, each following the one before.\n`,
    );
    return fault ? 1 : 0;
  } finally {
    await store.close();
  }
}
