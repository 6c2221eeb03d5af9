import type { Check } from './command.ts';
import type { Clock } from './core/clock.ts';
import type { CloudReader } from './core/cloud.ts';
import { CloudError } from './core/fault.ts';
import { verifyAudit } from './engine/audit.ts';
import type { Store } from './engine/store.ts';

/** What doctor examines: OCI permission by permission, and whatever the other rooms bring. */
export function cloudChecks(cloud: CloudReader): readonly Check[] {
  return cloud.probes().map(({ name, grant, run }) => ({
    name: `OCI: ${name}`,
    fix: grant,
    run: async () => {
      try {
        return await run();
      } catch (error) {
        if (!(error instanceof CloudError)) throw error;
        const id = error.requestId ? ` (opc-request-id ${error.requestId})` : '';
        throw new Error(`${error.status || 'no reply'} ${error.code}: ${error.message}${id}`);
      }
    },
  }));
}

/** OCI refuses signatures that are more than five minutes off. `reference` is a time from outside, in ms. */
export function clockCheck(clock: Clock, reference: () => Promise<number>): Check {
  return {
    name: 'Clock',
    fix: 'Set this machine’s clock by NTP; OCI and Slack refuse requests that are five minutes off.',
    run: async () => {
      const apart = Math.abs((await reference()) - clock.now());
      if (apart > 60_000) throw new Error(`it is ${Math.round(apart / 1000)} s away from Slack’s`);
      return `within ${Math.max(1, Math.round(apart / 1000))} s of Slack’s`;
    },
  };
}

/** The store answers, and its audit is whole. */
export function storeCheck(store: Store): Check {
  return {
    name: 'Store',
    fix: 'See that its disk has room and its server runs; for a broken audit chain, keep the store as it is and find out who changed it.',
    run: async () => {
      const { entries, fault } = await verifyAudit(store);
      if (fault) throw new Error(`the audit chain does not hold: ${fault.because}`);
      return `${store.place}, ${entries} audit entries, chain whole`;
    },
  };
}
