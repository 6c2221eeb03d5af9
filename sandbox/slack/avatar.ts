import type { User } from './types.ts';

/** A picture for someone who has none: initials on a square of their colour, a lantern for the app. */
export function avatar({ realName, color, bot }: User): string {
  const initials = realName
    .split(' ')
    .map((name) => name.charAt(0))
    .join('');
  const inside = bot
    ? '<path d="M24 26h24v4H24zm2 6h20l-3 22H29zm2-12a8 8 0 0 1 16 0v4h-4v-4a4 4 0 0 0-8 0v4h-4z" fill="#fff"/><circle cx="36" cy="43" r="5" fill="#fefcbf"/>'
    : `<text x="36" y="36" dy=".36em" text-anchor="middle" font-family="system-ui, sans-serif" font-size="28" font-weight="600" fill="#fff">${initials}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="72" height="72" viewBox="0 0 72 72"><rect width="72" height="72" rx="12" fill="${color}"/>${inside}</svg>`;
}
