import type { z } from 'zod';
import type { Rule } from '../core/policy.ts';
import type { Calendar } from '../core/schedule/calendar.ts';
import type { Policy } from '../core/schedule/model.ts';
import type { Rates } from '../core/schedule/rates.ts';
import { nearest } from '../core/suggest.ts';
import { type Kind, kindOf, kinds } from '../core/target.ts';
import { calendarOf, type ReadBeside } from './calendars.ts';
import { check, violationAt } from './check.ts';
import { knownSpan } from './days.ts';
import { type Defaults, policyOf } from './policies.ts';
import { policyDoubts, tagDoubts } from './policy-doubts.ts';
import { present } from './rules.ts';
import type { Found } from './safety.ts';
import {
  calendarSchema,
  type FileOwners,
  type FileRates,
  type FileSchedules,
  ownersSchema,
  policiesFileSchema,
  policySchema,
  ratesSchema,
  schedulesSchema,
} from './schedule-schema.ts';
import { inOrder, type Violation } from './violation.ts';
import { type Path, type Source, within } from './yaml.ts';

/** Everything about schedules, from all files together. Durations in milliseconds. */
export interface Schedules {
  /** `lamplighter.yml` first, then the files of `policies/` by name, each in its own order. */
  readonly policies: readonly Policy[];
  readonly calendars: readonly PlacedCalendar[];
  readonly rates?: Rates;
  /** Schedules that stand in tags. They act as the policy of that name. */
  readonly tags: { readonly followed: boolean; readonly policy: string; readonly channel?: string };
  readonly defaults: Defaults;
}

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

interface Read {
  readonly schedules: Schedules;
  /** Of all policies that are written, whether they are right or not. */
  readonly names: readonly string[];
  /** In the order of the files, of each in its own order. */
  readonly violations: readonly Violation[];
  /** Of policies that are right. */
  readonly doubts: (rules: readonly Rule[]) => readonly Violation[];
}

/** The schedules of `lamplighter.yml`, whose schema is held against it elsewhere, and of the teams' files. */
export function readSchedules(from: {
  readonly main: Sheet;
  readonly teams: readonly Sheet[];
  readonly now: number;
}): Read {
  const { main, teams, now } = from;
  const general = quietly(schedulesSchema, main.source, ['schedules']) ?? schedulesSchema.parse({});
  const announce = announceOf(main.source);
  const defaults = defaultsOf(general, announce);
  const pages: readonly Page[] = [
    { ...main, owners: {}, zoneKey: 'schedules.zone', violations: [] },
    ...teams.map(teamPage),
  ];
  const read = readPages(pages, { defaults, now, there: { policies: [], calendars: [] } });
  const rates = quietly(ratesSchema, main.source, ['rates']);
  const found = [
    ...(rates ? unknownKinds(rates) : []),
    ...(general.tags ? takenName(general, read.policies) : []),
  ].map(({ path, sentence }) => violationAt(main.source, path, sentence));
  const channel = general.tagChannel ?? announce;
  return {
    schedules: {
      policies: read.policies,
      calendars: read.calendars,
      ...present({ rates: rates && ratesOf(rates) }),
      tags: { followed: general.tags, policy: general.tagPolicy, ...present({ channel }) },
      defaults,
    },
    names: read.names,
    violations: [...found, ...read.violations],
    doubts: (rules) => [
      ...(general.tags ? tagDoubts(general.tagPolicy, channel, rules) : []).map(({ path, sentence }) =>
        violationAt(main.source, path, sentence),
      ),
      ...read.doubts(rules),
    ],
  };
}

/** One file of a team by itself, in the surroundings of all others. */
export function readTeamFile(
  sheet: Sheet,
  surroundings: { readonly defaults: Defaults; readonly now: number; readonly there: Present },
): Pick<Schedules, 'policies'> & Pick<Read, 'violations' | 'doubts'> {
  return readPages([teamPage(sheet)], surroundings);
}

/** A sheet with what it says of all its policies. */
interface Page extends Sheet {
  readonly owners: Partial<FileOwners>;
  readonly zoneKey: string;
  /** Of its schema. */
  readonly violations: readonly Violation[];
}

function teamPage(sheet: Sheet): Page {
  const { source } = sheet;
  const owners = Object.fromEntries(
    Object.entries(ownersSchema.shape).map(([key, schema]) => [key, quietly(schema, source, [key])]),
  );
  return {
    ...sheet,
    owners: present(owners),
    zoneKey: 'zone',
    violations: check(policiesFileSchema, source).violations,
  };
}

interface Placed<T> {
  readonly value: T;
  readonly page: Page;
  readonly path: Path;
}

function readPages(
  pages: readonly Page[],
  around: { readonly defaults: Defaults; readonly now: number; readonly there: Present },
) {
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
  const broken = [...calendarPlaces.keys()];
  for (const { name, written, page, path } of members(pages, 'policies', policySchema)) {
    const place = placeOf(page, path);
    const first = claim(places, name, place);
    if (first) tell(page, [{ path, sentence: twice('policy', name, first) }]);
    const { owners, zoneKey } = page;
    const around = { name, path, place, owners, zoneKey, defaults, calendars, broken, now };
    const read = written && policyOf(written, around);
    tell(page, read?.found ?? []);
    if (read?.policy && !first) policies.push({ value: read.policy, page, path });
  }

  return {
    policies: policies.map(({ value }) => value),
    names: [...places.keys()],
    calendars,
    violations: pages.flatMap((page) => inOrder([...page.violations, ...placed(page, told.get(page) ?? [])])),
    doubts: (rules: readonly Rule[]) =>
      pages.flatMap((page) =>
        inOrder(
          policies
            .filter((policy) => policy.page === page)
            .flatMap(({ value, path }) => placed(page, policyDoubts(value, path, rules))),
        ),
      ),
  };
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

function twice(what: string, name: string, first: string): string {
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
function quietly<S extends z.ZodType>(schema: S, source: Source, path: Path) {
  return check(schema, within(source, path)).value;
}

function defaultsOf(
  { warn, atMost, longestKeep, settleIn, zone }: FileSchedules,
  channel: string | undefined,
): Defaults {
  return { warning: warn, atMost, longestKeep, settleIn, ...present({ zone, channel }) };
}

function announceOf(source: Source): string | undefined {
  const { value } = within(source, ['slack', 'announce']);
  return typeof value === 'string' ? value : undefined;
}

function ratesOf({ currency, perHour, usageApi }: FileRates): Rates {
  return { currency, perHour: perHour as Rates['perHour'], usage: usageApi };
}

function unknownKinds({ perHour }: FileRates): readonly Found[] {
  const known = Object.keys(kinds) as Kind[];
  return Object.keys(perHour).flatMap((word) => {
    if (Object.hasOwn(kinds, word)) return [];
    const near = kindOf(word) ?? nearest(word, known, 1)[0];
    const help = near ? `did you mean ${near}?` : `there are ${known.join(', ')}`;
    return [{ path: ['rates', 'perHour', word], sentence: `is not a kind of resource; ${help}` }];
  });
}

function takenName({ tagPolicy }: FileSchedules, policies: readonly Policy[]): readonly Found[] {
  const taken = policies.find(({ name }) => name === tagPolicy);
  return taken
    ? [{ path: ['schedules', 'tagPolicy'], sentence: twice('policy', tagPolicy, taken.place) }]
    : [];
}
