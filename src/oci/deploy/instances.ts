import type { models } from 'oci-containerinstances';
import { lastOf } from '../../core/deploy/news.ts';
import type { Spot } from '../../core/deploy/scene.ts';
import { CloudError, isCapacity } from '../../core/fault.ts';
import type { Step } from '../../core/plan.ts';
import { saidOnce } from '../../core/text.ts';
import type { ActContext, Observation, Receipt, Verb, Verbs } from '../../core/verb.ts';
import { containerWork } from '../acting/container-work.ts';
import { ifThere, receiptOf, unless } from '../acting/verbs.ts';
import { followed, type WorkBook } from '../acting/work-requests.ts';
import { allPages } from '../client/pages.ts';
import type { Services } from '../client/services.ts';
import { containerLogs } from '../container-logs.ts';
import { addressesAt } from '../repoint/addresses.ts';
import { Lasting } from './lasting.ts';
import { carried, shapes } from './reading.ts';

/** The freeform tag by which a deploy finds what it has made: the token of its step. */
const mark = 'lamplighter-step';

export interface InstanceGround {
  readonly services: Pick<Services, 'containers' | 'network'>;
  /** The content of a Vault secret. Rejects with a CloudError. */
  readonly readSecret: (region: string, ocid: string) => Promise<string>;
}

/** Between looks at one that is being made or deleted, at most, in ms. */
const look = 5_000;

/**
 * Container instances are made where there is room, waited for where they run to their end, and deleted. Making takes a
 * retry token, and what was made carries it as a tag, so that what failed for want of room is not tried there again.
 * Source: docs.oracle.com, api/#/en/container-instances/20210415/ContainerInstance.
 */
export function instanceVerbs(ground: InstanceGround): Verbs {
  const { containers } = ground.services;
  const work = containerWork(containers);
  const read = async (region: string, containerInstanceId: string) =>
    (
      await containers.read('GetContainerInstance', region, (client) =>
        client.getContainerInstance({ containerInstanceId }),
      )
    ).containerInstance;

  /** How long it took lately; looked at in between as well, since how far it is can be seen. */
  const lasting = new Lasting(1_000);
  const again = (what: string, elapsed: number) => Math.min(look, lasting.next(what, elapsed));

  const create: Verb = {
    label: 'Make',
    permission: 'CONTAINER_INSTANCE_CREATE',
    act: (step, context) => make(ground, step, context),
    observe: (step, receipt, { signal, elapsed }) =>
      unless(signal, async () => {
        const what = `make in ${step.target.region}`;
        // the token settles it: the same call again answers what it made
        if (!receipt?.made) return { state: 'absent' };
        const instance = await ifThere(read(step.target.region, receipt.made));
        if (!instance) return { state: 'failed', because: 'it is gone, or I may no longer see it' };
        switch (String(instance.lifecycleState)) {
          case 'ACTIVE':
            lasting.ended(what, elapsed);
            return placed(ground, step.target.region, instance);
          case 'INACTIVE':
            return { state: 'done', note: 'it has ended already', result: { ocid: instance.id } };
          case 'CREATING':
            return {
              state: 'running',
              note: await progress(work, step, receipt),
              again: again(what, elapsed),
            };
          default:
            return fallen(work, step, receipt, instance);
        }
      }),
  };

  const ended: Verb = {
    label: 'Wait for its end',
    permission: 'CONTAINER_INSTANCE_READ',
    waits: true,
    act: async () => ({}),
    observe: ({ target }, _receipt, { signal }) =>
      unless(signal, async () => {
        const instance = await read(target.region, target.ocid);
        const containerId = instance.containers[0]?.containerId ?? '';
        const { container } = await containers.read('GetContainer', target.region, (client) =>
          client.getContainer({ containerId }),
        );
        if (container.exitCode == null || String(container.lifecycleState) !== 'INACTIVE')
          return { state: 'running', note: 'it runs' };
        const { exitCode } = container;
        const log = await lastLines(ground, target.region, target.ocid);
        const last = log.split('\n').at(-1)?.trim() ?? '';
        const result = { exitCode, log };
        if (exitCode === 0) return { state: 'done', note: `exit code 0. ${last}`, result };
        return { state: 'failed', because: `It ended with exit code ${exitCode}. ${last}`, result };
      }),
  };

  const remove: Verb = {
    label: 'Delete',
    permission: 'CONTAINER_INSTANCE_DELETE',
    removes: true,
    act: ({ target }, { signal }) => discard(ground, target.region, target.ocid, signal),
    observe: (step, receipt, { signal, elapsed }) =>
      unless(signal, async () => {
        const what = `delete in ${step.target.region}`;
        const now = await ifThere(read(step.target.region, step.target.ocid));
        const state = now ? String(now.lifecycleState) : 'DELETED';
        if (state === 'DELETED') {
          lasting.ended(what, elapsed);
          return { state: 'done' };
        }
        return receipt || state === 'DELETING'
          ? { state: 'running', note: state, again: again(what, elapsed) }
          : { state: 'absent' };
      }),
  };

  return {
    'container-instance.create': create,
    'container-instance.ended': ended,
    'container-instance.delete': remove,
  };
}

/** Where nothing was tried in vain yet. Rejects with a CloudError when there is room nowhere. */
async function make(ground: InstanceGround, step: Step, context: ActContext): Promise<Receipt> {
  const { containers } = ground.services;
  const { region } = step.target;
  const { spots } = carried(shapes.make, step);
  const before = await madeBefore(ground, step, context.token);
  const standing = before.find(({ lifecycleState }) => String(lifecycleState) !== 'FAILED');
  if (standing) return { made: standing.id };
  const details = await completed(ground, step, context.token);
  for (const each of before) await discard(ground, region, each.id, context.signal).catch(ifRefused);
  let none: CloudError | undefined;
  for (const [at, spot] of spots.entries()) {
    if (before.some((each) => isAt(each, spot))) continue;
    try {
      const reply = await containers.act('CreateContainerInstance', region, context.signal, (client) =>
        client.createContainerInstance({
          createContainerInstanceDetails: { ...details, ...placeOf(spot) },
          // another place is another request
          opcRetryToken: at === 0 ? context.token : `${context.token.slice(0, 60)}-${at}`,
        }),
      );
      return { ...receiptOf(reply), made: reply.containerInstance.id };
    } catch (error) {
      if (!(error instanceof CloudError && isCapacity(error))) throw error;
      none = error;
    }
  }
  throw none ?? noRoom(step, spots);
}

/** What earlier calls of this step made, the failed ones included. */
async function madeBefore(
  { services: { containers } }: InstanceGround,
  step: Step,
  token: string,
): Promise<readonly models.ContainerInstanceSummary[]> {
  const { details } = carried(shapes.make, step);
  const compartmentId = String(details.compartmentId);
  const found = await allPages((where) =>
    containers.read('ListContainerInstances', step.target.region, async (client) => {
      const reply = await client.listContainerInstances({
        compartmentId,
        displayName: step.target.name,
        ...where,
      });
      return { items: reply.containerInstanceCollection.items, next: reply.opcNextPage };
    }),
  );
  return found.filter(
    ({ lifecycleState, freeformTags }) =>
      freeformTags?.[mark] === token && !['DELETING', 'DELETED'].includes(String(lifecycleState)),
  );
}

/** The details with their mark, and with the secrets, which stand nowhere else. */
async function completed(
  { readSecret }: InstanceGround,
  step: Step,
  token: string,
): Promise<models.CreateContainerInstanceDetails> {
  const { details, secrets } = carried(shapes.make, step);
  const made = structuredClone(details);
  for (const { container, key, ocid } of secrets) {
    const environment = made.containers[container]?.environmentVariables;
    if (environment) environment[key] = await readSecret(step.target.region, ocid);
  }
  return { ...made, freeformTags: { ...made.freeformTags, [mark]: token } };
}

async function placed(
  { services }: InstanceGround,
  region: string,
  { id, vnics, availabilityDomain, faultDomain }: models.ContainerInstance,
): Promise<Observation> {
  const [address] = await addressesAt(
    services,
    region,
    vnics.flatMap(({ vnicId }) => vnicId ?? []),
  );
  if (!address) return { state: 'running', note: 'it has no address yet' };
  const where = [availabilityDomain.replace(/^.*:/, ''), faultDomain ?? ''].filter(Boolean).join(' ');
  return {
    state: 'done',
    note: `${address.ip}, ${where}`,
    result: { ocid: id, ip: address.ip, availabilityDomain, faultDomain: faultDomain ?? null },
  };
}

async function progress(work: WorkBook, step: Step, { workRequest }: Receipt): Promise<string> {
  const request = workRequest ? await ifThere(work.get(step.target.region, workRequest)) : undefined;
  return request?.percent === undefined ? 'CREATING' : `CREATING, ${Math.round(request.percent)} %`;
}

/** It did not get up. Another place may have room; which ones were tried is seen by what failed there. */
async function fallen(
  work: WorkBook,
  step: Step,
  { workRequest }: Receipt,
  { lifecycleState, lifecycleDetails }: models.ContainerInstance,
): Promise<Observation> {
  const request = workRequest ? await ifThere(work.get(step.target.region, workRequest)) : undefined;
  const told = request && (await followed(request, () => work.errors(step.target.region, request.id)));
  const reasons = [told?.state === 'failed' ? told.because : '', lifecycleDetails ?? ''].filter(Boolean);
  // the work request says the same behind a code
  const because = saidOnce(reasons).join(' ') || `it is ${lifecycleState}`;
  return /out of (host )?capacity/i.test(because)
    ? { state: 'again', note: `${because} Trying elsewhere.` }
    : { state: 'failed', because };
}

async function discard(
  { services: { containers } }: InstanceGround,
  region: string,
  containerInstanceId: string,
  signal: AbortSignal,
): Promise<Receipt> {
  return receiptOf(
    await containers.act('DeleteContainerInstance', region, signal, (client) =>
      client.deleteContainerInstance({ containerInstanceId }),
    ),
  );
}

/** What is left over of an attempt is cleared away if it can be. */
function ifRefused(error: unknown): void {
  if (!(error instanceof CloudError)) throw error;
}

function placeOf({ availabilityDomain, faultDomain }: Given): Spot {
  return { availabilityDomain, ...(faultDomain === undefined ? {} : { faultDomain }) };
}

function isAt(made: models.ContainerInstanceSummary, { availabilityDomain, faultDomain }: Given): boolean {
  if (made.availabilityDomain !== availabilityDomain) return false;
  return faultDomain === undefined || made.faultDomain === faultDomain;
}

interface Given {
  readonly availabilityDomain: string;
  readonly faultDomain?: string | undefined;
}

function noRoom(step: Step, spots: readonly Given[]): CloudError {
  const where = spots.map(({ availabilityDomain, faultDomain }) =>
    `${availabilityDomain} ${faultDomain ?? ''}`.trim(),
  );
  return new CloudError({
    message: `Out of host capacity in ${where.join(', ')}.`,
    status: 500,
    code: 'InternalError',
    operation: step.verb,
  });
}

/** The last lines of what ran, as far as they can be read: it is deleted soon. */
async function lastLines({ services }: InstanceGround, region: string, ocid: string): Promise<string> {
  const target = { region, ocid };
  try {
    const [log] = await containerLogs(services.containers, target, false);
    return lastOf(log?.text ?? '');
  } catch (error) {
    if (error instanceof CloudError) return `Its log could not be read: ${error.message}`;
    throw error;
  }
}
