import type { z } from 'zod';
import type { Rule } from '../../core/policy.ts';
import type { Calendar } from '../../core/schedule/calendar.ts';
import type { Policy } from '../../core/schedule/model.ts';
import { check, violationAt } from '../reading/check.ts';
import type { Found } from '../reading/found.ts';
import type { Violation } from '../reading/violation.ts';
import { type Path, type Source, within } from '../reading/yaml.ts';
import { present } from '../rules/rules.ts';
import { calendarOf, type ReadBeside } from './calendars.ts';
import { knownSpan } from './days.ts';
import { type Defaults, policyOf } from './policies.ts';
import { policyDoubts, timeDoubts } from './policy-doubts.ts';
import { calendarSchema, type FileOwners, ownersSchema, policiesFileSchema, policySchema } from './schema.ts';

export interface PlacedCalendar extends Calendar {
  /** `lamplighter.yml:12`. */
  readonly place: string;
}

/** A file in which policies may stand, and the files beside it. */
export interface Sheet {
  readonly source: Source;
  readonly readBeside: ReadBeside;
}

/** What is there already when one file is looked at by itself. */
export interface Present {
  readonly policies: readonly Policy[];
  readonly calendars: readonly PlacedCalendar[];
}

/** What stands in several sheets. */
export interface ReadPages {
  /** Those that are right. */
  readonly policies: readonly Policy[];
  readonly calendars: readonly PlacedCalendar[];
  /** Of all policies that are written, whether they are right or not. */
  readonly names: readonly string[];
  readonly violations: readonly Violation[];
  /** Of policies that are right. */
  readonly doubts: (rules: readonly Rule[]) => readonly Violation[];
  /** Of the times of policies that are right. A check tells of these by itself, with what there is. */
  readonly timeDoubts: () => readonly Violation[];
}

/** One file of a team by itself, in the surroundings of all others. */
export function readTeamFile(
  sheet: Sheet,
  surroundings: { readonly defaults: Defaults; readonly now: number; readonly there: Present },
): ReadPages {
  return readPages([teamPage(sheet)], surroundings);
}

/** A sheet with what it says of all its policies. */
export interface Page extends Sheet {
  readonly owners: Partial<FileOwners>;
  readonly zoneKey: string;
  /** Of its schema. */
  readonly violations: readonly Violation[];
}

export function teamPage(sheet: Sheet): Page {
  const { source } = sheet;
  const owners = { ...anyZone(source, ['zone']), ...salvaged(ownersSchema, source, []) };
  return {
    ...sheet,
    owners,
    zoneKey: 'zone',
    violations: check(policiesFileSchema, source).violations,
  };
}

/** A zone that is none is told of once, not again for each time that it was meant for. */
export function anyZone(source: Source, path: Path): { readonly zone?: string } {
  return within(source, path).value === undefined ? {} : { zone: 'UTC' };
}

interface Placed<T> {
  readonly value: T;
  readonly page: Page;
  readonly path: Path;
}

export function readPages(
  pages: readonly Page[],
  around: { readonly defaults: Defaults; readonly now: number; readonly there: Present },
): ReadPages {
  const { defaults, now, there } = around;
  const told = new Map<Page, Found[]>(pages.map((page) => [page, []]));
  const tell = (page: Page, found: readonly Found[]) => told.get(page)?.push(...found);
  const span = knownSpan(now);

  const calendars: PlacedCalendar[] = [...there.calendars];
  const calendarPlaces = placesOf(there.calendars);
  for (const { name, written, page, path } of members(pages, 'calendars', calendarSchema)) {
    const first = claim(calendarPlaces, name, placeOf(page, path));
    if (first) tell(page, [{ path, sentence: twice('calendar', name, first) }]);
    const read = written && calendarOf(name, written, { path, span, readBeside: page.readBeside });
    tell(page, read?.found ?? []);
    if (read?.calendar && !first) calendars.push({ ...read.calendar, place: placeOf(page, path) });
  }

  const policies: Placed<Policy>[] = [];
  const places = placesOf(there.policies);
  const calendarNames = [...calendarPlaces.keys()];
  for (const { name, written, page, path } of members(pages, 'policies', policySchema)) {
    const place = placeOf(page, path);
    const first = claim(places, name, place);
    if (first) tell(page, [{ path, sentence: twice('policy', name, first) }]);
    const { owners, zoneKey } = page;
    const around = { name, path, place, owners, zoneKey, defaults, calendars, calendarNames, now };
    const read = policyOf(written ?? salvaged(policySchema, page.source, path), around);
    tell(page, read.found);
    if (written && read.policy && !first) policies.push({ value: read.policy, page, path });
  }

  return {
    policies: policies.map(({ value }) => value),
    calendars,
    names: [...places.keys()],
    violations: pages.flatMap((page) => together(page, told.get(page) ?? [])),
    doubts: (rules) =>
      policies.flatMap(({ value, page, path }) => placed(page, policyDoubts(value, path, rules))),
    timeDoubts: () => policies.flatMap(({ value, page, path }) => placed(page, timeDoubts(value, path, now))),
  };
}

/** What is valid of a mapping by itself, so that other mistakes are told at once with those of its schema. */
export function salvaged<S extends z.ZodObject>(schema: S, source: Source, path: Path): Partial<z.output<S>> {
  const valid = Object.entries(schema.shape).map(([key, member]) => [
    key,
    quietly(member as z.ZodType, source, [...path, key]),
  ]);
  return present(Object.fromEntries(valid)) as Partial<z.output<S>>;
}

/** What the schema has said of a place is not said of it again. */
function together(page: Page, found: readonly Found[]): readonly Violation[] {
  const paths = new Set(page.violations.map(({ path }) => path));
  return [...page.violations, ...placed(page, found).filter(({ path }) => !paths.has(path))];
}

function placed({ source }: Page, found: readonly Found[]): readonly Violation[] {
  return found.map(({ path, sentence }) => violationAt(source, path, sentence));
}

/** `policies/shop.yml:12`. */
function placeOf({ source }: Page, path: Path): string {
  return `${source.file}:${source.locate(path).line}`;
}

type Places = Map<string, string>;

function placesOf(there: readonly { readonly name: string; readonly place: string }[]): Places {
  return new Map(there.map(({ name, place }) => [name, place]));
}

/** Where the name is taken already; it belongs to the first. */
function claim(places: Places, name: string, place: string): string | undefined {
  const first = places.get(name);
  places.set(name, first ?? place);
  return first;
}

export function twice(what: string, name: string, first: string): string {
  return `"${name}" is also the name of a ${what} at ${first}; give each its own`;
}

/** The members of a mapping by their names, those that are valid with their values. */
function members<S extends z.ZodType>(pages: readonly Page[], key: string, schema: S) {
  return pages.flatMap((page) => membersOf(page, key, schema));
}

function membersOf<S extends z.ZodType>(page: Page, key: string, schema: S) {
  const mapping = within(page.source, [key]).value;
  if (typeof mapping !== 'object' || mapping === null || Array.isArray(mapping)) return [];
  return Object.keys(mapping)
    .filter((name) => !name.startsWith('x-'))
    .map((name) => ({ name, path: [key, name], page, written: quietly(schema, page.source, [key, name]) }));
}

/** A part of a source, if it is valid: what is not is told of elsewhere. */
export function quietly<S extends z.ZodType>(schema: S, source: Source, path: Path) {
  return check(schema, within(source, path)).value;
}
