import { createHash } from 'node:crypto';
import type { models } from 'oci-database';
import { CloudError } from '../core/fault.ts';
import type { ActContext, Observation, Receipt, Verb } from '../core/verb.ts';
import { ifEnded, unseen } from './acting/observe.ts';
import { ifThere, receiptOf, unless } from './acting/verbs.ts';
import { followed, type WorkBook } from './acting/work-requests.ts';
import type { Seen } from './adapter.ts';
import type { Services } from './client/services.ts';

type Node = models.DbNode | models.DbNodeSummary;

/** What switching the nodes of a DB system needs. */
export interface NodePower {
  readonly database: Services['database'];
  readonly work: WorkBook;
  get(region: string, ocid: string): Promise<{ readonly seen: Seen; readonly nodes: readonly Node[] }>;
}

const ways = {
  start: { label: 'Start', action: 'START', there: 'AVAILABLE', from: 'STOPPED' },
  stop: { label: 'Stop', action: 'STOP', there: 'STOPPED', from: 'AVAILABLE' },
} as const;

/** AVAILABLE, STOPPING, STOPPED, STARTING … */
export function powerOf({ lifecycleState }: Node): string {
  return String(lifecycleState).toUpperCase();
}

/**
 * Start or stop of all nodes as one verb. Each call switches one; a node that is there already, or on
 * its way, is passed over, so that acting again after a failure half way sends only what is missing.
 */
export function nodeVerb(act: keyof typeof ways, power: NodePower): Verb {
  const { label, action, there, from } = ways[act];
  return {
    label,
    permission: 'DB_NODE_POWER_ACTIONS',
    act: async ({ target }, context) => {
      const { seen, nodes } = await power.get(target.region, target.ocid);
      const left = nodes.filter((node) => powerOf(node) === from);
      if (left.length === nodes.length) checkEtag(seen, context, action);
      const receipts: Receipt[] = [];
      for (const { id } of left)
        receipts.push(
          receiptOf(
            await power.database.act('DbNodeAction', target.region, context.signal, (client) =>
              client.dbNodeAction({ dbNodeId: id, action, opcRetryToken: tokenOf(context, id) }),
            ),
          ),
        );
      return together(receipts);
    },
    observe: ({ target }, receipt, { signal }) =>
      unless(signal, async () => {
        const now = await ifThere(power.get(target.region, target.ocid));
        if (!now) return unseen;
        const { seen, nodes } = now;
        const over = ifEnded(seen) ?? (await failureOf(power.work, seen.region, receipt));
        return over ?? byNodes(nodes.map(powerOf), there, from, receipt);
      }),
  };
}

/** Whether all nodes are there. Pure. */
export function byNodes(
  states: readonly string[],
  there: string,
  from: string,
  receipt: Receipt | undefined,
): Observation {
  if (states.some((state) => state === 'FAILED'))
    return { state: 'failed', because: 'one of its nodes is FAILED' };
  const arrived = states.filter((state) => state === there).length;
  if (arrived === states.length) return { state: 'done' };
  if (!receipt && states.includes(from)) return { state: 'absent' };
  return { state: 'running', note: `${arrived} of ${states.length} nodes ${there}` };
}

/**
 * The actions take the etags of nodes, and what was approved is the system: its etag is compared here.
 * Throws a CloudError 412 as OCI would answer.
 */
function checkEtag(seen: Seen, { etag }: ActContext, operation: string): void {
  if (etag === undefined || etag === seen.etag) return;
  throw new CloudError({
    message: 'The DB system has changed since its etag was read.',
    status: 412,
    code: 'NoEtagMatch',
    operation,
  });
}

/** One for each node: 64 characters, the same for each attempt. */
function tokenOf({ token }: ActContext, nodeId: string): string {
  return createHash('sha256').update(`${token} ${nodeId}`).digest('hex');
}

/** The first request's id, and the work requests of all, with spaces between. */
function together(receipts: readonly Receipt[]): Receipt {
  const requestId = receipts[0]?.requestId;
  const workRequest = receipts.flatMap((each) => each.workRequest ?? []).join(' ');
  return { ...(requestId ? { requestId } : {}), ...(workRequest ? { workRequest } : {}) };
}

async function failureOf(
  work: WorkBook,
  region: string,
  receipt: Receipt | undefined,
): Promise<Observation | undefined> {
  for (const id of receipt?.workRequest?.split(' ') ?? []) {
    const request = await ifThere(work.get(region, id));
    const told = request && (await followed(request, () => work.errors(region, id)));
    if (told?.state === 'failed') return told;
  }
  return undefined;
}
