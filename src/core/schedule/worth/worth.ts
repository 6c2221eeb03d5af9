import { factsOf } from '../../kinds/all.ts';
import type { Spend } from '../../rates.ts';
import type { Meter, Target } from '../../target.ts';
import type { Rates } from './rates.ts';

/** What an hour of something costs, as far as that is known: what was billed goes before what is configured. */
export interface Prices {
  /** ISO 4217, of all of them. */
  readonly currency: string;
  readonly source: 'configuration' | 'usage';
  /** For each kind the price of one hour of each unit of its meter. */
  readonly units: Rates['perHour'];
  /** What an hour of being up was billed, by OCID. */
  readonly bills: ReadonlyMap<string, number>;
}

/** Undefined where nothing is known. Rates in another currency than the bill's cannot stand beside it. */
export function pricesOf(rates: Rates | undefined, spend: Spend | undefined): Prices | undefined {
  if (spend && rates?.usage !== false) {
    const units = rates?.currency === spend.currency ? rates.perHour : {};
    return { currency: spend.currency, source: 'usage', units, bills: spend.perHour };
  }
  return rates && { currency: rates.currency, source: 'configuration', units: rates.perHour, bills: none };
}

const none: ReadonlyMap<string, number> = new Map();

type Priced = Pick<Target, 'kind' | 'ocid' | 'meter' | 'billedOff'>;

/**
 * What each hour saves in which a resource is off or, where `left` is what its meter shows then, of a smaller
 * size. The target is to be as it was before: the meter of a pool without nodes does not tell what it had.
 * Never negative; undefined where there is no price.
 */
export function worth(before: Priced, prices: Prices, left?: Meter): number | undefined {
  if (before.billedOff && !left) return 0;
  const units = unitsOf(before, left);
  if (left && units.length === 0) return undefined;
  const byUnit = worthByUnit(units, prices.units[before.kind] ?? {});
  const byBill = worthByBill(before, units, prices);
  return left || byBill === undefined ? (byUnit ?? byBill) : byBill;
}

interface Unit {
  readonly unit: string;
  readonly count: number;
  /** The share that is billed all the same, from 0 to 1. */
  readonly kept: number;
}

function unitsOf({ kind, meter = {} }: Priced, left: Meter | undefined): readonly Unit[] {
  const { billedOff = {} } = factsOf(kind);
  return Object.entries(meter)
    .filter(([, count]) => count > 0)
    .map(([unit, count]) => {
      const kept = left ? (left[unit] ?? 0) / count : (billedOff[unit] ?? 0);
      return { unit, count, kept: Math.min(Math.max(kept, 0), 1) };
    });
}

function worthByUnit(units: readonly Unit[], rates: Meter): number | undefined {
  const priced = units.filter(({ unit }) => Object.hasOwn(rates, unit));
  if (priced.length === 0) return undefined;
  return priced.reduce((sum, { unit, count, kept }) => sum + (rates[unit] ?? 0) * count * (1 - kept), 0);
}

/** A bill does not say what of it goes by which unit: the one that stays most is taken for all. */
function worthByBill({ kind, ocid }: Priced, units: readonly Unit[], { bills }: Prices): number | undefined {
  const bill = factsOf(kind).billedByMembers ? undefined : bills.get(ocid);
  return bill === undefined ? undefined : bill * (1 - Math.max(0, ...units.map(({ kept }) => kept)));
}
