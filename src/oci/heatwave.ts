import { createHash } from 'node:crypto';
import type { Observation, Verb } from '../core/verb.ts';
import { receiptOf } from './acting/verbs.ts';
import type { Services } from './client/services.ts';

const part = 'heatwave';

/** Both in capitals; no cluster where none is attached. */
interface States {
  readonly system: string;
  readonly cluster: string | undefined;
}

/**
 * The start of a MySQL DB system with that of its HeatWave cluster, which a stop takes down and OCI's
 * start may leave down. An act of two parts: when the system is up and its cluster is not, the cluster is
 * what acting again starts.
 */
export function withHeatWave(
  verb: Verb,
  mysql: Services['mysql'],
  read: (region: string, ocid: string) => Promise<States>,
): Verb {
  return {
    ...verb,
    act: async (step, context) => {
      const { region, ocid } = step.target;
      if (!needsCluster(await read(region, ocid))) return verb.act(step, context);
      const reply = await mysql.act('StartHeatWaveCluster', region, context.signal, (client) =>
        client.startHeatWaveCluster({ dbSystemId: ocid, opcRetryToken: tokenOf(context.token) }),
      );
      return { ...receiptOf(reply), part };
    },
    observe: async (step, receipt, context) => {
      const seen = await verb.observe(step, receipt, context);
      if (seen.state !== 'done') return seen;
      const { cluster } = await read(step.target.region, step.target.ocid);
      if (!receipt && cluster === 'INACTIVE') return { state: 'absent' };
      return ofCluster(cluster, receipt?.part === part);
    },
  };
}

/** What the state of its cluster makes of a DB system that is up. Pure. */
export function ofCluster(cluster: string | undefined, started: boolean): Observation {
  if (cluster === undefined || cluster === 'ACTIVE') return { state: 'done' };
  if (cluster === 'INACTIVE' && !started)
    return { state: 'again', note: 'it is up; its HeatWave cluster is started' };
  if (cluster === 'FAILED' || cluster === 'DELETING' || cluster === 'DELETED')
    return { state: 'done', note: `its HeatWave cluster is ${cluster}` };
  return { state: 'running', note: `HeatWave cluster ${cluster}` };
}

function needsCluster({ system, cluster }: States): boolean {
  return system === 'ACTIVE' && cluster === 'INACTIVE';
}

/** Another call, another token: 64 characters. */
function tokenOf(token: string): string {
  return createHash('sha256').update(`${token} ${part}`).digest('hex');
}
