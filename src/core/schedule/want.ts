import type { Want } from './model.ts';

export function sameWant(one: Want, other: Want): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  return one.size === other.size;
}

/** Up, at whatever size. */
export function isUp(want: Want): boolean {
  return want === 'up' || typeof want === 'object';
}

/** In a union up beats `any`, and `any` beats down. */
export function strength(want: Want): number {
  return isUp(want) ? 2 : want === 'any' ? 1 : 0;
}
