import { randomBytes, randomUUID } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** An id in Slack's shape: a letter that says what it is, and ten characters. Never given out twice. */
export function newId(prefix: string): string {
  let id = prefix;
  for (const byte of randomBytes(10)) id += alphabet[byte % alphabet.length];
  return id;
}

/** The `block_id` or `action_id` that Slack makes up where an app gives none. */
export function newPartId(): string {
  return randomBytes(4).toString('base64url').slice(0, 5);
}

export function newHash(now: number): string {
  return `${Math.floor(now / 1000)}.${randomBytes(4).toString('hex')}`;
}

export function newTriggerId(): string {
  const digits = () => String(1e11 + (randomBytes(6).readUIntBE(0, 6) % 9e11));
  return `${digits()}.${digits()}.${randomBytes(16).toString('hex')}`;
}

export const newUuid = randomUUID;
