import type { models } from 'oci-usageapi';
import type { Clock } from '../core/clock.ts';
import { CloudError, isTransient } from '../core/fault.ts';
import { ratesOf, type Spend, type UsageLine } from '../core/rates.ts';
import { allPages } from './client/pages.ts';
import type { Connection } from './client/service.ts';
import type { Services } from './client/services.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** A week, so that what rests over a weekend is seen up. */
const days = 7;
const fresh = 12 * hour;

/**
 * Rates from the Usage API, kept for half a day since bills come hours late. Asked in the home region,
 * day by day: hours are given for 36 at the most. Source: docs.oracle.com, Billing, Usage API.
 */
export class Usage {
  readonly #connection: Connection;
  readonly #services: Services;
  readonly #clock: Clock;
  #kept: { readonly value: Spend | undefined; readonly at: number } | undefined;
  #reading: Promise<Spend | undefined> | undefined;

  constructor(connection: Connection, services: Services) {
    this.#connection = connection;
    this.#services = services;
    this.#clock = connection.options.clock;
  }

  /** Undefined where the bot may not read usage, or where there was none. Rejects when OCI is away. */
  async rates(): Promise<Spend | undefined> {
    if (this.#kept && this.#clock.now() - this.#kept.at < fresh) return this.#kept.value;
    this.#reading ??= this.#read()
      .then((value) => {
        this.#kept = { value, at: this.#clock.now() };
        return value;
      })
      .finally(() => {
        this.#reading = undefined;
      });
    return this.#reading;
  }

  async #read(): Promise<Spend | undefined> {
    const region = await this.#home();
    const until = Math.floor(this.#clock.now() / hour) * hour;
    const starts = Array.from({ length: days }, (_, n) => until - (days - n) * day);
    try {
      const parts = await Promise.all(starts.map((from) => this.#hours(region, from, from + day)));
      return ratesOf(parts.flat());
    } catch (error) {
      if (error instanceof CloudError && !isTransient(error)) return undefined;
      throw error;
    }
  }

  async #hours(region: string, from: number, to: number): Promise<UsageLine[]> {
    const { tenancy } = await this.#connection.identity();
    const { models } = await import('oci-usageapi');
    const { Granularity, QueryType } = models.RequestSummarizedUsagesDetails;
    const items = await allPages((where) =>
      this.#services.usage.read('RequestSummarizedUsages', region, async (client) => {
        const reply = await client.requestSummarizedUsages({
          requestSummarizedUsagesDetails: {
            tenantId: tenancy,
            timeUsageStarted: new Date(from),
            timeUsageEnded: new Date(to),
            granularity: Granularity.Hourly,
            queryType: QueryType.Cost,
            groupBy: ['resourceId', 'skuName', 'unit'],
          },
          ...where,
        });
        return { items: reply.usageAggregation.items, next: reply.opcNextPage };
      }),
    );
    return items.flatMap(lineOf);
  }

  async #home(): Promise<string> {
    const { tenancy, region } = await this.#connection.identity();
    try {
      const { items } = await this.#services.identity.read('ListRegionSubscriptions', region, (client) =>
        client.listRegionSubscriptions({ tenancyId: tenancy }),
      );
      return items.find(({ isHomeRegion }) => isHomeRegion)?.regionName ?? region;
    } catch (error) {
      if (error instanceof CloudError && !isTransient(error)) return region;
      throw error;
    }
  }
}

/** Forecasts and what belongs to no resource are left out. */
function lineOf(item: models.UsageSummary): UsageLine[] {
  const { resourceId, computedAmount = 0, currency, isForecast } = item;
  if (!resourceId || !currency?.trim() || isForecast) return [];
  return [
    {
      ocid: resourceId,
      at: new Date(item.timeUsageStarted).getTime(),
      cost: computedAmount,
      currency: currency.trim(),
      sku: item.skuName ?? '',
      unit: item.unit ?? '',
    },
  ];
}
