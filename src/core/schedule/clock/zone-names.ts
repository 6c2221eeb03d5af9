import { Temporal } from 'temporal-polyfill';
import { nearest } from '../../suggest.ts';

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

/** The zones that were most likely meant, nearest first; of cities too: `Amsterdam`. */
export function zonesLike(text: string): readonly string[] {
  if (text.length > longestName) return [];
  const place = abbreviations[text.trim().toUpperCase()];
  if (place) return [place];
  const known = [...Intl.supportedValuesOf('timeZone'), ...newer, 'UTC'];
  const word = text.trim().replaceAll(' ', '_');
  const cities = new Map(known.map((zone) => [zone.slice(zone.lastIndexOf('/') + 1), zone]));
  const found = word.includes('/')
    ? []
    : nearest(word, cities.keys()).map((city) => cities.get(city) ?? city);
  return [...new Set([...found, ...nearest(word, known)])].slice(0, 3);
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
