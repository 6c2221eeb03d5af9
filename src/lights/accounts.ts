import { weekAlt, weekChart } from '../chart/week.ts';
import { directionOf } from '../core/schedule/deciding/flips.ts';
import type { Decision } from '../core/schedule/model.ts';
import type { Evening, Saved } from '../core/schedule/reports/evening.ts';
import { beginningOfMonth, savedOf } from '../core/schedule/worth/savings.ts';
import { type Prices, pricesOf, worth } from '../core/schedule/worth/worth.ts';
import type { Target } from '../core/target.ts';
import type { Sample } from '../engine/schedules/samples.ts';
import type { Ground } from './ground.ts';
import type { Sheet } from './sheet.ts';

const hour = 3_600_000;
const day = 24 * hour;
const week = 7 * day;

/** What hours cost, by bill or by configuration; undefined where neither is known. */
export async function pricesFor({ cloud, rates, log }: Ground): Promise<Prices | undefined> {
  if (rates?.usage === false) return pricesOf(rates, undefined);
  try {
    return pricesOf(rates, await cloud.spend());
  } catch (error) {
    log.warn({ err: error }, 'what resources cost could not be read; the configured rates are used');
    return pricesOf(rates, undefined);
  }
}

/** What each hour saves once a decision is carried out. */
export function worthOf(target: Target, decision: Decision, prices: Prices | undefined): number | undefined {
  if (!prices || directionOf(decision.want) !== 'down') return undefined;
  if (decision.act !== 'scale') return worth(target, prices);
  const share = Number(decision.size) / Number(target.size);
  if (!target.meter || !Number.isFinite(share)) return undefined;
  const left = Object.entries(target.meter).map(([unit, count]) => [unit, count * share] as const);
  return worth(target, prices, Object.fromEntries(left));
}

/** What a night of these policies saves, and their month so far. */
export async function savedBy(
  ground: Ground,
  sheet: Sheet,
  prices: Prices | undefined,
): Promise<Saved | undefined> {
  if (!prices || sheet.direction !== 'down') return undefined;
  const now = ground.clock.now();
  const { zone, at: from } = sheet;
  const darks = await ground.ledger.darks(sheet.policies, Math.min(from, beginningOfMonth(zone, now)));
  const to = nextUp(ground, sheet);
  return savedOf({
    darks: darks.map(({ ocid, since, until, perHour }) => ({
      ocid,
      from: since,
      ...(until === undefined ? {} : { to: until }),
      ...(perHour === undefined ? {} : { perHour }),
    })),
    from,
    ...(to === undefined ? {} : { to }),
    now,
    zone,
    prices,
  });
}

/** When the first of the policies comes up again, if within a week. */
function nextUp({ policies }: Ground, { policies: names, at }: Sheet): number | undefined {
  const ups = policies
    .filter(({ name }) => names.includes(name))
    .flatMap(
      ({ timetable }) =>
        timetable.edges(at, at + week).find(({ want }) => directionOf(want) === 'up')?.at ?? [],
    );
  return ups.length > 0 ? Math.min(...ups) : undefined;
}

/** What ran in the last seven days, as a picture; undefined where it cannot be drawn. */
export async function chartOf({ ledger, clock, log }: Ground, sheet: Sheet): Promise<Evening['chart']> {
  const until = clock.now();
  const points = pointsOf(await ledger.samples(sheet.policies, until - week), until - week);
  if (points.length === 0) return undefined;
  const drawn = {
    points,
    zone: sheet.zone,
    title: 'Running resources',
    policies: sheet.policies,
    until,
  };
  try {
    return { bytes: (await weekChart(drawn)).toString('base64'), alt: weekAlt(drawn) };
  } catch (error) {
    log.warn({ err: error }, 'the chart of the week could not be drawn');
    return undefined;
  }
}

/** The samples of several policies as one line: at each moment the sum of what each said last. */
export function pointsOf(
  samples: readonly Sample[],
  since: number,
): readonly { readonly at: number; readonly up: number; readonly all: number }[] {
  const last = new Map<string, Sample>();
  const points = new Map<number, { readonly at: number; readonly up: number; readonly all: number }>();
  for (const sample of samples) {
    last.set(sample.policy, sample);
    const at = Math.max(sample.at, since);
    const now = [...last.values()];
    points.set(at, {
      at,
      up: now.reduce((sum, each) => sum + each.up, 0),
      all: now.reduce((sum, each) => sum + each.total, 0),
    });
  }
  return [...points.values()];
}
