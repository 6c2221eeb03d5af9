import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AuditEntry, auditText, chainFault, genesis } from '../../src/core/audit.ts';
import { canonical } from '../../src/core/json.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function chain(length: number): AuditEntry[] {
  const entries: AuditEntry[] = [];
  for (let seq = 1; seq <= length; seq++) {
    const prev = entries.at(-1)?.hash ?? genesis;
    const body = { seq, at: seq * 1000, event: 'acted', actor: 'U0ANA', details: { n: seq }, prev };
    entries.push({ ...body, hash: sha256(auditText(body)) });
  }
  return entries;
}

test('a whole chain holds', () => expect(chainFault(chain(20), sha256)).toBeUndefined());

test('any change, gap, swap or cut in the middle is found', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 18 }), fc.constantFrom('change', 'drop', 'swap'), (at, how) => {
      const entries = chain(20);
      const hit = entries[at] as AuditEntry;
      if (how === 'change') entries[at] = { ...hit, actor: 'U0EVE' };
      if (how === 'drop') entries.splice(at, 1);
      if (how === 'swap') entries.splice(at, 2, entries[at + 1] as AuditEntry, hit);
      expect(chainFault(entries, sha256)?.seq).toBeGreaterThan(0);
    }),
  );
});

test('one text for one value, whatever the order of its keys', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const turned = Object.fromEntries(Object.entries(value).reverse());
      expect(canonical(turned)).toBe(canonical(value));
      expect(canonical(JSON.parse(canonical(value)))).toBe(canonical(value));
    }),
  );
});
