import type { CloudReader, Fresh, Glance } from '../core/cloud.ts';
import type { DeployNeeds } from '../core/deploy/needs.ts';
import type { DeployReader } from '../core/deploy/survey.ts';
import { everything, isEverything } from '../core/selector.ts';
import type { Verbs } from '../core/verb.ts';
import { ifThere } from './acting/verbs.ts';
import { adaptersOver } from './adapters.ts';
import type { LimitStatus } from './client/limiter.ts';
import { Connection, type ConnectionOptions } from './client/service.ts';
import { servicesOver } from './client/services.ts';
import { containerLogs } from './container-logs.ts';
import { deploysOver } from './deploy/deploys.ts';
import { probeThrough } from './deploy/probe.ts';
import { probesOf } from './doctor/probes.ts';
import { glanceOf, rollCalls, verbsOf } from './finding/by-roll-call.ts';
import { ForeignControllers } from './finding/controllers.ts';
import { find, type Grounds } from './finding/find.ts';
import { Indexed } from './finding/indexed.ts';
import { Listing } from './finding/listing.ts';
import { Names } from './finding/names.ts';
import { Tenancy } from './finding/tenancy.ts';
import { Usage } from './usage.ts';

/** Oracle Cloud as the rest of the bot knows it. Nothing is loaded or called before it is needed. */
export interface Cloud {
  readonly reader: CloudReader;
  readonly glance: Glance;
  readonly verbs: Verbs;
  /** How fast each operation goes in each region at present. */
  limits(): readonly LimitStatus[];
  close(): void;
}

export interface CloudOptions extends ConnectionOptions {
  /** The tenancy's subscribed regions if absent. */
  readonly regions?: readonly string[];
  /** Paths or OCIDs: the bot looks nowhere else, and below them. The whole tenancy if absent. */
  readonly compartments?: readonly string[];
  /** `http://127.0.0.1:3128`: through which gates of deploys probe URLs. */
  readonly probeProxy?: string;
  /** What the configured apps need, for `doctor`; none if absent. */
  readonly deploys?: DeployNeeds;
}

export function createCloud(options: CloudOptions): Cloud {
  const connection = new Connection(options);
  const services = servicesOver(connection);
  const adapters = adaptersOver(services);
  const tenancy = new Tenancy(connection, services, options);
  const { clock } = options;
  const grounds = {
    services,
    adapters,
    tenancy,
    indexed: new Indexed(services, clock),
    listing: new Listing(clock),
  };
  const deploys = deploysOver({ services, tenancy, clock, probe: probeThrough(options.probeProxy) });
  const reader = readerOf(grounds, connection, { deploys: deploys.reader, needs: options.deploys });
  const rolls = rollCalls(adapters, clock);
  return {
    reader,
    glance: glanceOf(grounds.tenancy, rolls, reader.read),
    verbs: {
      ...deploys.verbs,
      ...Object.fromEntries(
        Object.values(adapters).flatMap((adapter) =>
          Object.entries(verbsOf(adapter, rolls.get(adapter.kind))),
        ),
      ),
    },
    limits: () => connection.limiter.status(),
    close: () => {
      for (const service of Object.values(services)) service.close();
      connection.close();
    },
  };
}

function readerOf(
  grounds: Grounds,
  connection: Connection,
  { deploys, needs }: { readonly deploys: DeployReader; readonly needs: DeployNeeds | undefined },
): CloudReader {
  const { adapters, services, tenancy } = grounds;
  const { clock, log, auth } = connection.options;
  const names = new Names(clock, log, () => find(grounds, everything));
  const controllers = new ForeignControllers(grounds, clock, () => names.get());
  const usage = new Usage(connection, services);
  return {
    find: async (selector) => {
      const found = await find(grounds, selector);
      if (isEverything(selector)) names.keep(found);
      return found;
    },
    read: async ({ kind, region, ocid }): Promise<Fresh | undefined> => {
      const seen = await ifThere(adapters[kind].get(region, ocid));
      if (!seen) return undefined;
      const { compartmentId, ...fresh } = seen;
      const [compartment, facts] = await Promise.all([
        tenancy.compartment(compartmentId),
        adapters[kind].facts?.(seen),
      ]);
      if (!tenancy.isOurs(await tenancy.tree(), compartment)) return undefined;
      return { ...fresh, compartment, ...(facts ? { facts } : {}) };
    },
    inspect: (target) => adapters[target.kind].details(target),
    names: () => names.get(),
    controllers: () => controllers.get(),
    spend: () => usage.rates(),
    logs: (target, { previous }) => containerLogs(services.containers, target, previous),
    deploys,
    probes: () => probesOf(auth, connection, grounds, needs),
  };
}
