import type { Policy } from '../../core/schedule/model.ts';
import type { Rates } from '../../core/schedule/worth/rates.ts';
import { nearest } from '../../core/suggest.ts';
import { type Kind, kindOf, kinds } from '../../core/target.ts';
import { violationAt } from '../reading/check.ts';
import type { Found } from '../reading/found.ts';
import type { Violation } from '../reading/violation.ts';
import { type Source, within } from '../reading/yaml.ts';
import { present } from '../rules/rules.ts';
import type { Defaults } from './policies.ts';
import { tagDoubts } from './policy-doubts.ts';
import { type FileRates, type FileSchedules, ratesSchema, schedulesSchema } from './schema.ts';
import {
  anyZone,
  type Page,
  type PlacedCalendar,
  quietly,
  type ReadPages,
  readPages,
  type Sheet,
  salvaged,
  teamPage,
  twice,
} from './sheets.ts';

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

type Read = Pick<ReadPages, 'names' | 'violations' | 'doubts'> & { readonly schedules: Schedules };

const usual = schedulesSchema.parse({});

/** The schedules of `lamplighter.yml` and of the teams’ files. */
export function readSchedules(from: {
  /** With what its schema says of it. */
  readonly main: Sheet & { readonly violations: readonly Violation[] };
  readonly teams: readonly Sheet[];
  readonly now: number;
}): Read {
  const { main, teams, now } = from;
  const general = { ...usual, ...salvaged(schedulesSchema, main.source, ['schedules']) };
  const announce = announceOf(main.source);
  const defaults = defaultsOf({ ...anyZone(main.source, ['schedules', 'zone']), ...general }, announce);
  const pages: readonly Page[] = [{ ...main, owners: {}, zoneKey: 'schedules.zone' }, ...teams.map(teamPage)];
  const read = readPages(pages, { defaults, now, there: { policies: [], calendars: [] } });
  const rates = quietly(ratesSchema, main.source, ['rates']);
  const at = ({ path, sentence }: Found) => violationAt(main.source, path, sentence);
  const found = [
    ...(rates ? unknownKinds(rates) : []),
    ...(general.tags ? takenName(general, read.policies) : []),
  ].map(at);
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
      ...(general.tags ? tagDoubts(general.tagPolicy, channel, rules).map(at) : []),
      ...read.doubts(rules),
      ...read.timeDoubts(),
    ],
  };
}

function defaultsOf(
  { warn, atMost, longestKeep, settleIn, early, zone }: FileSchedules,
  channel: string | undefined,
): Defaults {
  return { warning: warn, atMost, longestKeep, settleIn, early, ...present({ zone, channel }) };
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
