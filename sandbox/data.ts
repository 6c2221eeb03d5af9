import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockData } from './data-lock.ts';
import { BadStart } from './options.ts';

/** The sandbox's folder on disk, and what is kept in it. */
export interface DataFolder {
  readonly folder: string;
  /** Emulators and clock, one JSON document. */
  readonly state: string;
  /** The bot's embedded store. */
  readonly store: string;
  /** What the bot writes, one JSON line per event; begun anew at each start. */
  readonly log: string;
  readonly ociConfig: string;
  readonly ociKey: string;
  unlock(): void;
}

/** Makes and locks the folder. Throws BadStart when it cannot be written or is in use. */
export function openData(folder: string, options: { fresh: boolean }): DataFolder {
  const inside = (name: string) => join(folder, name);
  try {
    mkdirSync(inside('oci'), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new BadStart(
      `The folder ${folder} cannot be written: ${error instanceof Error ? error.message : error}.`,
    );
  }
  const data = {
    folder,
    state: inside('state.json'),
    store: inside('store'),
    log: inside('bot.log'),
    ociConfig: inside('oci/config'),
    ociKey: inside('oci/key.pem'),
    unlock: lockData(inside('lock'), folder),
  };
  if (options.fresh) {
    rmSync(data.state, { force: true });
    emptyStore(data);
  }
  return data;
}

export function emptyStore(data: DataFolder): void {
  rmSync(data.store, { recursive: true, force: true });
}

/** The profile of the generated OCI configuration; the default one, so that clients need not name it. */
export const profile = 'DEFAULT';

/** Writes the ~/.oci/config-like file and the key that any OCI client can be pointed at. */
export function writeOciConfig(
  data: DataFolder,
  credentials: { tenancy: string; user: string; fingerprint: string; privateKey: string; region: string },
): void {
  const { tenancy, user, fingerprint, privateKey, region } = credentials;
  const lines = [
    `[${profile}]`,
    `user=${user}`,
    `fingerprint=${fingerprint}`,
    `tenancy=${tenancy}`,
    `region=${region}`,
    `key_file=${data.ociKey}`,
    '',
  ];
  writeFileSync(data.ociKey, privateKey, { mode: 0o600 });
  writeFileSync(data.ociConfig, lines.join('\n'), { mode: 0o600 });
}
