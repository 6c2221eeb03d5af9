import { createHash } from 'node:crypto';
import { type Plan, planText } from '../core/plan.ts';

/** Lower-case hex of the sha-256 of the text in UTF-8. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What an approval binds to. */
export function planDigest(plan: Plan): string {
  return sha256(planText(plan));
}

/** opc-retry-token: 64 characters, the most that OCI takes, and the same for each attempt of one step. */
export function stepToken(operation: string, step: string): string {
  return sha256(`${operation} ${step}`);
}
