import { distance } from 'fastest-levenshtein';
import { Temporal } from 'temporal-polyfill';

/** What people write who mean a place: an abbreviation says neither where nor what happens in summer. */
const abbreviations: Readonly<Record<string, string>> = {
  CET: 'Europe/Amsterdam',
  CEST: 'Europe/Amsterdam',
  MET: 'Europe/Amsterdam',
  WET: 'Europe/Lisbon',
  EET: 'Europe/Helsinki',
  GMT: 'Europe/London',
  BST: 'Europe/London',
  IST: 'Asia/Kolkata',
  JST: 'Asia/Tokyo',
  AEST: 'Australia/Sydney',
  AEDT: 'Australia/Sydney',
  EST: 'America/New_York',
  EDT: 'America/New_York',
  CST: 'America/Chicago',
  CDT: 'America/Chicago',
  MST: 'America/Denver',
  MDT: 'America/Denver',
  PST: 'America/Los_Angeles',
  PDT: 'America/Los_Angeles',
};

/** Newer names of the IANA database, where ICU lists the older ones. */
const newer = ['Asia/Kolkata', 'Asia/Ho_Chi_Minh', 'Asia/Kathmandu', 'Asia/Yangon', 'Europe/Kyiv'];

/**
 * The zone by its IANA name as it is spelled; undefined for anything else: abbreviations, offsets, and names that
 * are offsets (`Etc/GMT+5`). Of those without a place only UTC.
 */
export function zoneNamed(text: string): string | undefined {
  const name = text.trim();
  if (/^(etc\/)?(utc|uct|universal|zulu)$/i.test(name)) return 'UTC';
  if (!/^[a-z_]+(\/[a-z_-]+)+$/i.test(name)) return undefined;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
  } catch {
    return undefined;
  }
}

/** No zone has a name of this length, and looking for what is near takes its time. */
const longestName = 60;

/**
 * The zones that were most likely meant, nearest first; of cities too: `Amsterdam`. What the city is called counts for
 * more than its region, and what is not nearly as near as the first is left out.
 */
export function zonesLike(text: string): readonly string[] {
  if (text.length > longestName) return [];
  const word = text.trim().replace(/[.,;:!?]+$/, '');
  const place = abbreviations[word.toUpperCase()];
  if (place) return [place];
  const segments = word.toLowerCase().replaceAll(' ', '_').split('/');
  const known = [...Intl.supportedValuesOf('timeZone'), ...newer, 'UTC'];
  const found = [...new Set(known)]
    .flatMap((zone) => ({ zone, far: farFrom(segments, zone.toLowerCase().split('/')) ?? [] }))
    .flatMap(({ zone, far }) => (typeof far === 'number' ? [{ zone, far }] : []))
    .toSorted((a, b) => a.far - b.far || (a.zone < b.zone ? -1 : 1));
  const least = found[0]?.far ?? 0;
  return found
    .filter(({ far }) => far <= least + 1)
    .slice(0, 3)
    .map(({ zone }) => zone);
}

/** Undefined where nobody would take one for the other. */
function farFrom(written: readonly string[], zone: readonly string[]): number | undefined {
  const [city = '', region] = [zone.at(-1), zone.length > 1 ? zone[0] : undefined];
  const [last = '', first] = [written.at(-1), written.length > 1 ? written[0] : undefined];
  const far = last.length > 2 && last !== city && city.includes(last) ? 0.5 : distance(last, city);
  if (far > Math.max(1, Math.round(last.length / 4))) return undefined;
  const elsewhere = first === undefined || region === undefined ? 0 : Math.min(distance(first, region), 3);
  return far + elsewhere / 2;
}

/** Why it is no zone, and what to write. */
export function noSuchZone(text: string): { readonly sentence: string; readonly hint: string } {
  const [first, ...others] = zonesLike(text);
  const example = 'Write a place of the IANA database, such as Europe/Amsterdam, or UTC.';
  if (/^((utc|gmt|z)?[+-]?\d[\d:]*|(utc|gmt|etc\/gmt)[+-]\d+)$/i.test(text))
    return {
      sentence: `"${text}" is an offset, which does not know when the clocks are set.`,
      hint: example,
    };
  if (abbreviations[text.toUpperCase()])
    return {
      sentence: `"${text}" is an abbreviation, which does not say of what place.`,
      hint: `Write the place: ${first}.`,
    };
  return {
    sentence: `There is no time zone "${text}".`,
    hint: first ? `Did you mean ${[first, ...others].join(' or ')}?` : example,
  };
}
