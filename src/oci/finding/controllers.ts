import type { models } from 'oci-resourcescheduler';
import type { Clock } from '../../core/clock.ts';
import type { Controllers } from '../../core/cloud.ts';
import { CloudError } from '../../core/fault.ts';
import type { Target } from '../../core/target.ts';
import { allPages } from '../client/pages.ts';
import { type Grounds, reason } from './find.ts';
import { means } from './schedule-filters.ts';

const fresh = 10 * 60_000;
/** Where something could not be read, another look is worth it sooner. */
const partial = 60_000;

/** OCID → what decides when it runs. */
type Decided = readonly (readonly [ocid: string, by: string])[];

/**
 * What else decides when resources run. Both services list one compartment at a time, so that a look is
 * two calls for each compartment and region, every ten minutes at the most.
 */
export class ForeignControllers {
  readonly #grounds: Grounds;
  readonly #clock: Clock;
  readonly #targets: () => Promise<readonly Target[]>;
  #kept: { readonly value: Controllers; readonly until: number } | undefined;
  #reading: Promise<Controllers> | undefined;

  /** `targets`: what filters of schedules may mean; may be some minutes old. */
  constructor(grounds: Grounds, clock: Clock, targets: () => Promise<readonly Target[]>) {
    this.#grounds = grounds;
    this.#clock = clock;
    this.#targets = targets;
  }

  async get(): Promise<Controllers> {
    if (this.#kept && this.#clock.now() < this.#kept.until) return this.#kept.value;
    this.#reading ??= this.#read()
      .then((value) => {
        const wait = value.missing.length > 0 ? partial : fresh;
        this.#kept = { value, until: this.#clock.now() + wait };
        return value;
      })
      .finally(() => {
        this.#reading = undefined;
      });
    return this.#reading;
  }

  async #read(): Promise<Controllers> {
    const { tenancy } = this.#grounds;
    const [regions, tree] = await Promise.all([tenancy.regions(), tenancy.tree()]);
    const compartments = tree.all.filter((each) => tenancy.isOurs(tree, each)).map(({ ocid }) => ocid);
    const missing: { region: string; because: string }[] = [];
    const found = await Promise.all(
      regions.flatMap((region) => [
        this.#within(region, compartments, 'autoscaling configurations', missing, (compartment) =>
          this.#poolScalers(region, compartment),
        ),
        this.#within(region, compartments, 'Resource Scheduler schedules', missing, (compartment) =>
          this.#schedules(region, compartment),
        ),
      ]),
    );
    return { by: new Map(found.flat()), missing };
  }

  /** Each compartment for itself; of those that cannot be read, the first says why. */
  async #within(
    region: string,
    compartments: readonly string[],
    what: string,
    missing: { region: string; because: string }[],
    read: (compartment: string) => Promise<Decided>,
  ): Promise<Decided> {
    const parts = await Promise.allSettled(compartments.map(read));
    const faults = parts.flatMap((part) => (part.status === 'rejected' ? [part.reason as unknown] : []));
    const bug = faults.find((fault) => !(fault instanceof CloudError));
    if (bug !== undefined) throw bug;
    const [first] = faults.filter((fault) => fault instanceof CloudError);
    if (first) missing.push({ region, because: `${what}: ${reason(first)}` });
    return parts.flatMap((part) => (part.status === 'fulfilled' ? part.value : []));
  }

  async #poolScalers(region: string, compartmentId: string): Promise<Decided> {
    const found = await allPages((where) =>
      this.#grounds.services.autoScaling.read('ListAutoScalingConfigurations', region, async (client) => {
        const reply = await client.listAutoScalingConfigurations({ compartmentId, ...where });
        return { items: reply.items, next: reply.opcNextPage };
      }),
    );
    return found
      .filter(({ isEnabled }) => isEnabled !== false)
      .map(({ id, displayName, resource }) => [
        resource.id,
        `autoscaling configuration ${displayName ?? id}`,
      ]);
  }

  async #schedules(region: string, compartmentId: string): Promise<Decided> {
    const all = await allPages((where) =>
      this.#grounds.services.scheduler.read('ListSchedules', region, async (client) => {
        const reply = await client.listSchedules({ compartmentId, ...where });
        return { items: reply.scheduleCollection.items, next: reply.opcNextPage };
      }),
    );
    const parts = await Promise.all(
      all
        .filter((schedule) => acts(schedule, this.#clock.now()))
        .map(async (schedule) => {
          const by = `Resource Scheduler schedule ${schedule.displayName}`;
          return (await this.#meant(schedule, region)).map((ocid) => [ocid, by] as const);
        }),
    );
    return parts.flat();
  }

  /** The listed ones and those that its filters mean. */
  async #meant({ resources = [], resourceFilters = [] }: models.ScheduleSummary, region: string) {
    const listed = resources.map(({ id }) => id);
    if (resourceFilters.length === 0) return listed;
    const { adapters, tenancy } = this.#grounds;
    const [targets, tree] = await Promise.all([this.#targets(), tenancy.tree()]);
    const meant = targets.filter(
      (target) =>
        target.region === region &&
        means(resourceFilters, target, { type: adapters[target.kind].searchType ?? '', tree }),
    );
    return [...listed, ...meant.map(({ ocid }) => ocid)];
  }
}

/** Whether it will start or stop anything. The SDK leaves the times within a collection as text. */
function acts({ action, lifecycleState, timeEnds }: models.ScheduleSummary, now: number): boolean {
  const isPower = ['START_RESOURCE', 'STOP_RESOURCE'].includes(String(action));
  return (
    isPower && lifecycleState === 'ACTIVE' && (timeEnds === undefined || new Date(timeEnds).getTime() > now)
  );
}
