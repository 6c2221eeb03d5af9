import { canonical, type Json } from './json.ts';

/** One line of the append-only audit. `hash` = sha-256(prev hash + canonical entry), so a change shows. */
export interface AuditEntry {
  readonly seq: number;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly at: number;
  /** What happened: asked, planned, refused, approved, denied, acted, finished … */
  readonly event: string;
  /** Who: U…, S…, terminal:ana, or `lamplighter` for what the engine did. */
  readonly actor: string;
  readonly operation?: string;
  readonly line?: string;
  readonly details: { readonly [key: string]: Json };
  readonly prev: string;
  readonly hash: string;
}

export const genesis = '0'.repeat(64);

/** The text that an entry's hash is made of. */
export function auditText(entry: Omit<AuditEntry, 'hash'>): string {
  return canonical(entry);
}

export type ChainFault = { readonly seq: number; readonly because: string };

/**
 * The first place where the chain does not hold, or undefined. `sha256` maps text to lower-case hex;
 * `after` is the entry before the first of these, for a chain that is read page by page.
 */
export function chainFault(
  entries: Iterable<AuditEntry>,
  sha256: (text: string) => string,
  after: { readonly seq: number; readonly hash: string } = { seq: 0, hash: genesis },
): ChainFault | undefined {
  let prev = after.hash;
  let seq = after.seq;
  for (const entry of entries) {
    const { hash, ...body } = entry;
    seq += 1;
    if (entry.seq !== seq) return { seq, because: `entry ${seq} is missing` };
    if (entry.prev !== prev) return { seq, because: `entry ${seq} does not follow entry ${seq - 1}` };
    if (sha256(auditText(body)) !== hash) return { seq, because: `entry ${seq} was changed` };
    prev = hash;
  }
  return undefined;
}
