import { createHash } from 'node:crypto';
import type { models } from 'oci-loadbalancer';
import { CloudError } from '../../core/fault.ts';
import type { Step } from '../../core/plan.ts';
import { everything } from '../../core/selector.ts';
import type { ActContext, Observation, Receipt, Verb } from '../../core/verb.ts';
import { loadBalancerWork } from '../acting/load-balancer-work.ts';
import { current, ifThere, receiptOf } from '../acting/verbs.ts';
import { followed } from '../acting/work-requests.ts';
import type { Adapter } from '../adapter.ts';
import { allPages } from '../client/pages.ts';
import type { Services } from '../client/services.ts';
import { ifReadable } from '../details.ts';
import { search } from '../finding/search.ts';
import { type Address, addressesAt, vnicsOf } from './addresses.ts';
import { type Repair, repairs } from './backends.ts';

/** How things stand between the address before and the one that it has now. */
type Standing = { readonly settled: Observation } | { readonly left: readonly Repair[]; readonly to: string };

/**
 * Puts right the backends that point at the address which a container instance or an instance had before
 * it was started again: `with.from`. One change of one load balancer at a time, each waited for; the
 * backend at the new address comes before the one at the old address goes. Nothing is done where the
 * address is the same, or where something else has the old one by now.
 */
export function repointVerb(services: Services, adapter: () => Adapter): Verb {
  const { loadBalancers, network } = services;
  const work = loadBalancerWork(loadBalancers);
  return {
    label: 'Repoint backends',
    permission: 'LOAD_BALANCER_UPDATE',
    act: async (step, context) => {
      const standing = await look(step);
      const [next] = 'left' in standing ? standing.left : [];
      return next ? send(step.target.region, next, context) : {};
    },
    observe: async (step, receipt, { signal }) => {
      signal.throwIfAborted();
      const { region } = step.target;
      const id = receipt?.workRequest;
      const done = id ? await ifThere(work.get(region, id)) : undefined;
      const told = done && (await followed(done, () => work.errors(region, done.id)));
      if (told && told.state !== 'done') return told;
      const standing = await look(step);
      if ('settled' in standing) return standing.settled;
      const [next] = standing.left;
      if (!next) return { state: 'done', note: `backends are at ${standing.to}` };
      return receipt ? { state: 'again', note: shown(next) } : { state: 'absent' };
    },
  };

  async function look(step: Step): Promise<Standing> {
    const { region } = step.target;
    const from = formerAddress(step);
    const vnics = await ifThere(vnicsOf(services, step.target));
    if (!vnics) return { settled: { state: 'failed', because: 'it is gone, or I may no longer see it' } };
    const [now] = await addressesAt(services, region, vnics);
    if (!now) return { settled: { state: 'failed', because: 'its address cannot be read' } };
    if (now.ip === from) return { settled: { state: 'done', note: 'address unchanged' } };
    if (await isTaken(region, from, now))
      return {
        settled: { state: 'done', note: `something else is at ${from} now; its backends are left alone` },
      };
    return { left: repairs(await around(region, now), { from, to: now.ip }), to: now.ip };
  }

  /** Whether another VNIC of its subnet has the old address by now. */
  async function isTaken(region: string, from: string, { subnetId, vnicId }: Address): Promise<boolean> {
    const reply = await ifReadable(
      network.read('ListPrivateIps', region, (client) =>
        client.listPrivateIps({ subnetId, ipAddress: from }),
      ),
    );
    return (reply?.items ?? []).some((each) => each.vnicId !== undefined && each.vnicId !== vnicId);
  }

  /** The load balancers of its own network: elsewhere the same address may be another thing's. */
  async function around(region: string, { subnetId }: Address): Promise<readonly models.LoadBalancer[]> {
    const [hits, home] = await Promise.all([
      search(services, region, [adapter()], { selector: everything, compartments: undefined }),
      vcnOf(region, subnetId),
    ]);
    const compartments = [...new Set(hits.map(({ compartmentId }) => compartmentId))].sort();
    const listed = await Promise.all(compartments.map((compartmentId) => balancersIn(region, compartmentId)));
    const alive = listed.flat().filter(({ lifecycleState }) => String(lifecycleState) === 'ACTIVE');
    const subnets = [...new Set(alive.flatMap(({ subnetIds }) => subnetIds?.[0] ?? []))];
    const vcns = new Map(
      await Promise.all(subnets.map(async (subnet) => [subnet, await vcnOf(region, subnet)] as const)),
    );
    return alive.filter(({ subnetIds }) => vcns.get(subnetIds?.[0] ?? '') === home);
  }

  async function balancersIn(region: string, compartmentId: string): Promise<models.LoadBalancer[]> {
    return allPages((where) =>
      loadBalancers.read('ListLoadBalancers', region, async (client) => {
        const reply = await client.listLoadBalancers({ compartmentId, ...where });
        return { items: reply.items, next: reply.opcNextPage };
      }),
    );
  }

  async function vcnOf(region: string, subnetId: string): Promise<string | undefined> {
    const reply = await ifReadable(
      network.read('GetSubnet', region, (client) => client.getSubnet({ subnetId })),
    );
    return reply?.subnet.vcnId;
  }

  async function send(region: string, repair: Repair, { token, signal }: ActContext): Promise<Receipt> {
    const { set } = repair;
    const loadBalancerId = repair.balancer.id;
    const { eTag } = await loadBalancers.read('GetLoadBalancer', region, (client) =>
      client.getLoadBalancer({ loadBalancerId }),
    );
    const place = { loadBalancerId, backendSetName: set, ifMatch: eTag };
    return current(async () =>
      receiptOf(
        'create' in repair
          ? await loadBalancers.act('CreateBackend', region, signal, (client) =>
              client.createBackend({
                ...place,
                createBackendDetails: repair.create,
                opcRetryToken: tokenOf(token, repair),
              }),
            )
          : await loadBalancers.act('DeleteBackend', region, signal, (client) =>
              client.deleteBackend({ ...place, backendName: repair.remove }),
            ),
      ),
    );
  }
}

/** One for each part: OCI remembers which request came with a token. */
function tokenOf(token: string, { balancer, set, ...part }: Repair): string {
  return createHash('sha256')
    .update(JSON.stringify([token, balancer.id, set, part]))
    .digest('hex');
}

function formerAddress({ with: options, target, verb }: Step): string {
  const from = options?.from;
  if (typeof from === 'string') return from;
  throw new CloudError({
    message: `It is not known which address ${target.name} had before.`,
    status: 400,
    code: 'InvalidParameter',
    operation: verb,
  });
}

function shown(repair: Repair): string {
  const where = `in ${repair.set} of ${repair.balancer.displayName}`;
  return 'create' in repair
    ? `adding ${repair.create.ipAddress}:${repair.create.port} ${where}`
    : `removing ${repair.remove} ${where}`;
}
