import { z } from 'zod';
import { type Call, one, type Reply, type Route, tagFields } from '../call.ts';
import { incorrectState, notFound } from '../errors.ts';
import { send } from '../lifecycle.ts';
import { arrayReply, chosen } from '../pages.ts';
import type { InstancePool } from '../resources/resources.ts';
import { type Action, course } from './instance-actions.ts';
import { resize } from './pool-members.ts';
import {
  attachmentView,
  configurationSummary,
  configurationView,
  memberSummary,
  membersOf,
  memberView,
  poolSummary,
  poolView,
} from './pool-views.ts';

/** Start, stop and reset: every member goes the way of the action, and the pool with them. */
function act(action: Action) {
  return (call: Call): Reply => {
    const pool = call.resource('InstancePool', 'instancePoolId');
    call.checkEtag(pool);
    const needed = neededFor(action);
    if (!needed.includes(pool.lifecycleState))
      throw incorrectState(
        `${action} needs instance pool ${pool.ocid} to be ${needed.join(' or ')}; it is ${pool.lifecycleState}.`,
      );
    const way = course(action, call);
    if (!way) throw incorrectState(`${action} is not for pools.`);
    for (const member of membersOf(call, pool))
      if (member.lifecycleState !== way.to || action !== 'START') send(call, member, way);
    send(call, pool, way);
    return one(pool, poolView(call, pool));
  };
}

function neededFor(action: Action): readonly string[] {
  if (action === 'START') return ['STOPPED'];
  return action === 'STOP' ? ['RUNNING', 'STOPPING'] : ['RUNNING'];
}

const update = z.object({
  displayName: z.string().max(255).optional(),
  instanceConfigurationId: z.string().optional(),
  size: z.int().min(0).max(1000).optional(),
  ...tagFields,
});

/** Another configuration is for members to come: those that are there stay as they are. */
function updatePool(call: Call): Reply {
  const pool = call.resource('InstancePool', 'instancePoolId');
  const details = call.json(update);
  call.checkEtag(pool);
  const { size, instanceConfigurationId: configurationId } = details;
  if (size !== undefined && pool.lifecycleState !== 'RUNNING')
    throw incorrectState(`Instance pool ${pool.ocid} is ${pool.lifecycleState} and cannot be resized.`);
  if (configurationId && !call.store.get('InstanceConfiguration', call.region, configurationId))
    throw notFound();
  call.store.change(pool, (changed) => {
    changed.displayName = details.displayName ?? changed.displayName;
    changed.freeformTags = details.freeformTags ?? changed.freeformTags;
    changed.definedTags = details.definedTags ?? changed.definedTags;
    changed.instanceConfigurationId = configurationId ?? changed.instanceConfigurationId;
  });
  if (size !== undefined && size !== pool.size) scale(call, pool, size);
  return one(pool, poolView(call, pool));
}

/** The pool says the size that it is going to have at once. */
function scale(call: Call, pool: InstancePool, size: number): void {
  const before = pool.size;
  pool.size = size;
  const finished = resize(call, pool, size);
  send(call, pool, {
    through: [{ state: 'SCALING', for: (finished ?? call.now) - call.now }],
    to: 'RUNNING',
    failurePatch: { size: before },
  });
}

function terminatePool(call: Call): Reply {
  const pool = call.resource('InstancePool', 'instancePoolId');
  call.checkEtag(pool);
  if (['TERMINATING', 'TERMINATED'].includes(pool.lifecycleState))
    throw incorrectState(`Instance pool ${pool.ocid} is ${pool.lifecycleState} already.`);
  resize(call, pool, 0);
  send(call, pool, {
    through: [{ state: 'TERMINATING', for: call.times.instanceTerminate }],
    to: 'TERMINATED',
  });
  return { status: 204 };
}

const service = 'core';
const path = '/instancePools/{instancePoolId}';
const actions = {
  StartInstancePool: ['start', 'START'],
  StopInstancePool: ['stop', 'STOP'],
  SoftstopInstancePool: ['softstop', 'SOFTSTOP'],
  ResetInstancePool: ['reset', 'RESET'],
  SoftresetInstancePool: ['softreset', 'SOFTRESET'],
} as const satisfies Record<string, readonly [string, Action]>;

const pools: readonly Route[] = [
  {
    operation: 'ComputeManagement.ListInstancePools',
    service,
    method: 'GET',
    path: '/instancePools',
    handle: (call) => {
      const compartmentId = call.compartment();
      const found = call.store
        .list('InstancePool', call.region)
        .filter((each) => each.compartmentId === compartmentId);
      return arrayReply(
        call,
        chosen(call, found),
        ({ ocid }) => ocid,
        (pool) => poolSummary(call, pool),
      );
    },
  },
  {
    operation: 'ComputeManagement.GetInstancePool',
    service,
    method: 'GET',
    path,
    handle: (call) => {
      const pool = call.resource('InstancePool', 'instancePoolId');
      return one(pool, poolView(call, pool));
    },
  },
  {
    operation: 'ComputeManagement.UpdateInstancePool',
    service,
    method: 'PUT',
    path,
    retryToken: true,
    handle: updatePool,
  },
  {
    operation: 'ComputeManagement.TerminateInstancePool',
    service,
    method: 'DELETE',
    path,
    handle: terminatePool,
  },
  ...Object.entries(actions).map(
    ([name, [word, action]]): Route => ({
      operation: `ComputeManagement.${name}`,
      service,
      method: 'POST',
      path: `${path}/actions/${word}`,
      retryToken: true,
      handle: act(action),
    }),
  ),
  {
    operation: 'ComputeManagement.GetInstancePoolLoadBalancerAttachment',
    service,
    method: 'GET',
    path: `${path}/loadBalancerAttachments/{instancePoolLoadBalancerAttachmentId}`,
    handle: (call) => {
      const pool = call.resource('InstancePool', 'instancePoolId');
      const id = call.param('instancePoolLoadBalancerAttachmentId');
      const attachment = pool.attachments.find((each) => each.id === id);
      if (!attachment) throw notFound();
      return { status: 200, body: attachmentView(pool, attachment) };
    },
  },
];

const members: readonly Route[] = [
  {
    operation: 'ComputeManagement.ListInstancePoolInstances',
    service,
    method: 'GET',
    path: `${path}/instances`,
    handle: (call) => {
      call.compartment();
      const pool = call.resource('InstancePool', 'instancePoolId');
      return arrayReply(
        call,
        chosen(call, membersOf(call, pool)),
        ({ ocid }) => ocid,
        (member) => memberSummary(pool, member),
      );
    },
  },
  {
    operation: 'ComputeManagement.GetInstancePoolInstance',
    service,
    method: 'GET',
    path: `${path}/instances/{instanceId}`,
    handle: (call) => {
      const pool = call.resource('InstancePool', 'instancePoolId');
      const member = membersOf(call, pool).find(({ ocid }) => ocid === call.param('instanceId'));
      if (!member) throw notFound();
      return one(member, memberView(pool, member));
    },
  },
];

const configurations: readonly Route[] = [
  {
    operation: 'ComputeManagement.ListInstanceConfigurations',
    service,
    method: 'GET',
    path: '/instanceConfigurations',
    handle: (call) => {
      const compartmentId = call.compartment();
      const found = call.store
        .list('InstanceConfiguration', call.region)
        .filter((each) => each.compartmentId === compartmentId);
      return arrayReply(call, chosen(call, found), ({ ocid }) => ocid, configurationSummary);
    },
  },
  {
    operation: 'ComputeManagement.GetInstanceConfiguration',
    service,
    method: 'GET',
    path: '/instanceConfigurations/{instanceConfigurationId}',
    handle: (call) => {
      const configuration = call.resource('InstanceConfiguration', 'instanceConfigurationId');
      return one(configuration, configurationView(configuration));
    },
  },
];

/** Instance pools, their members, and the configurations that these are launched from. */
export const instancePools: readonly Route[] = [...pools, ...members, ...configurations];
