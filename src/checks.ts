import type { Check } from './command.ts';
import type { Clock } from './core/clock.ts';
import type { CloudReader } from './core/cloud.ts';
import { CloudError } from './core/fault.ts';

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
