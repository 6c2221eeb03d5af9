import { z } from 'zod';
import { freeAddress } from '../addresses.ts';
import { type Call, one, type Reply, type Route, tagFields } from '../call.ts';
import { incorrectState } from '../errors.ts';
import { openWork, send } from '../lifecycle.ts';
import { chosen, collectionReply } from '../pages.ts';
import type { Container, ContainerInstance } from '../resources/resources.ts';
import { createContainerInstance } from './container-create.ts';
import { logsOf } from './container-logs.ts';
import { shapes } from './container-shapes.ts';
import { containerSummary, containersOf, containerView, summary, view } from './container-views.ts';

/** Start, stop, restart and delete: the instance passes through a state, and its containers with it. */
function act(
  operationType: string,
  actionType: 'UPDATED' | 'DELETED',
  course: (call: Call) => { from: readonly string[]; through: string; for: number; to: string },
) {
  return (call: Call): Reply => {
    const instance = call.resource('ContainerInstance', 'containerInstanceId');
    call.checkEtag(instance);
    const { from, through, for: lasts, to } = course(call);
    if (!from.includes(instance.lifecycleState))
      throw incorrectState(
        `${operationType} needs ${instance.ocid} to be ${from.join(' or ')}; it is ${instance.lifecycleState}.`,
      );
    const way = { through: [{ state: through, for: lasts }], to };
    for (const container of containersOf(call, instance)) {
      if (operationType === 'RESTART_CONTAINER_INSTANCE') container.restarts += 1;
      send(call, container, way);
    }
    if (operationType === 'START_CONTAINER_INSTANCE' && (call.twist.moves || instance.movesAddress))
      moveAddress(call, instance);
    const finished = send(call, instance, way);
    const headers = openWork(call, {
      service: 'containerinstances',
      operationType,
      actionType,
      resource: instance,
      finished,
    });
    return { status: 202, headers };
  };
}

/** Another free address of the same subnet. */
function moveAddress({ store, region }: Call, { vnicIds }: ContainerInstance): void {
  const vnic = store.get('Vnic', region, vnicIds[0] ?? '');
  const subnet = vnic && store.get('Subnet', region, vnic.subnetId);
  const free = subnet && freeAddress(store, subnet);
  if (vnic && free)
    store.change(vnic, (moved) => {
      moved.privateIp = free;
    });
}

const update = z.object({ displayName: z.string().max(255).optional(), ...tagFields });

/** Only the name and the tags of either can be changed. */
function rename(call: Call, resource: ContainerInstance | Container, operationType: string): Reply {
  const details = call.json(update);
  call.checkEtag(resource);
  if (!['ACTIVE', 'INACTIVE'].includes(resource.lifecycleState))
    throw incorrectState(`${resource.ocid} is ${resource.lifecycleState} and cannot be updated.`);
  const to = resource.lifecycleState;
  call.store.change(resource, (changed) => {
    changed.displayName = details.displayName ?? changed.displayName;
    changed.freeformTags = details.freeformTags ?? changed.freeformTags;
    changed.definedTags = details.definedTags ?? changed.definedTags;
  });
  const finished =
    resource.type === 'ContainerInstance'
      ? send(call, resource, { through: [{ state: 'UPDATING', for: call.times.containerUpdate }], to })
      : call.now + call.times.containerUpdate;
  const headers = openWork(call, {
    service: 'containerinstances',
    operationType,
    actionType: 'UPDATED',
    resource,
    finished,
  });
  return { status: 202, headers };
}

function listContainers(call: Call): Reply {
  const compartmentId = call.compartment();
  const of = call.query.get('containerInstanceId');
  const containers = call.store
    .list('Container', call.region)
    .filter((each) => each.compartmentId === compartmentId && (!of || each.containerInstanceId === of));
  return collectionReply(call, chosen(call, containers), ({ ocid }) => ocid, containerSummary);
}

const service = 'containerinstances';
const path = '/containerInstances/{containerInstanceId}';

export const containers: readonly Route[] = [
  {
    operation: 'ContainerInstance.ListContainerInstances',
    service,
    method: 'GET',
    path: '/containerInstances',
    handle: (call) => {
      const compartmentId = call.compartment();
      const instances = call.store
        .list('ContainerInstance', call.region)
        .filter((each) => each.compartmentId === compartmentId);
      return collectionReply(call, chosen(call, instances), ({ ocid }) => ocid, summary);
    },
  },
  {
    operation: 'ContainerInstance.GetContainerInstance',
    service,
    method: 'GET',
    path,
    handle: (call) => {
      const instance = call.resource('ContainerInstance', 'containerInstanceId');
      return one(instance, view(call, instance));
    },
  },
  {
    operation: 'ContainerInstance.CreateContainerInstance',
    service,
    method: 'POST',
    path: '/containerInstances',
    retryToken: true,
    handle: (call) => {
      const { instance, headers } = createContainerInstance(call);
      return { ...one(instance, view(call, instance), headers), status: 201 };
    },
  },
  {
    operation: 'ContainerInstance.UpdateContainerInstance',
    service,
    method: 'PUT',
    path,
    handle: (call) =>
      rename(call, call.resource('ContainerInstance', 'containerInstanceId'), 'UPDATE_CONTAINER_INSTANCE'),
  },
  {
    operation: 'ContainerInstance.DeleteContainerInstance',
    service,
    method: 'DELETE',
    path,
    handle: act('DELETE_CONTAINER_INSTANCE', 'DELETED', ({ times }) => ({
      from: ['ACTIVE', 'INACTIVE', 'FAILED'],
      through: 'DELETING',
      for: times.containerDelete,
      to: 'DELETED',
    })),
  },
  {
    operation: 'ContainerInstance.StartContainerInstance',
    service,
    method: 'POST',
    path: `${path}/actions/start`,
    handle: act('START_CONTAINER_INSTANCE', 'UPDATED', ({ times }) => ({
      from: ['INACTIVE'],
      through: 'UPDATING',
      for: times.containerStart,
      to: 'ACTIVE',
    })),
  },
  {
    operation: 'ContainerInstance.StopContainerInstance',
    service,
    method: 'POST',
    path: `${path}/actions/stop`,
    handle: act('STOP_CONTAINER_INSTANCE', 'UPDATED', ({ times }) => ({
      from: ['ACTIVE'],
      through: 'UPDATING',
      for: times.containerStop,
      to: 'INACTIVE',
    })),
  },
  {
    operation: 'ContainerInstance.RestartContainerInstance',
    service,
    method: 'POST',
    path: `${path}/actions/restart`,
    handle: act('RESTART_CONTAINER_INSTANCE', 'UPDATED', ({ times }) => ({
      from: ['ACTIVE'],
      through: 'UPDATING',
      for: times.containerStop + times.containerStart,
      to: 'ACTIVE',
    })),
  },
  {
    operation: 'ContainerInstance.ListContainers',
    service,
    method: 'GET',
    path: '/containers',
    handle: listContainers,
  },
  {
    operation: 'ContainerInstance.GetContainer',
    service,
    method: 'GET',
    path: '/containers/{containerId}',
    handle: (call) => {
      const container = call.resource('Container', 'containerId');
      return one(container, containerView(container, call.now));
    },
  },
  {
    operation: 'ContainerInstance.UpdateContainer',
    service,
    method: 'PUT',
    path: '/containers/{containerId}',
    handle: (call) => rename(call, call.resource('Container', 'containerId'), 'UPDATE_CONTAINER'),
  },
  {
    operation: 'ContainerInstance.RetrieveLogs',
    service,
    method: 'POST',
    path: '/containers/{containerId}/actions/retrieveLogs',
    handle: (call) => ({
      status: 200,
      body: logsOf(
        call.resource('Container', 'containerId'),
        call.query.get('isPrevious') === 'true',
        call.now,
      ),
    }),
  },
  {
    operation: 'ContainerInstance.ListContainerInstanceShapes',
    service,
    method: 'GET',
    path: '/containerInstanceShapes',
    handle: (call) => {
      call.compartment();
      return collectionReply(
        call,
        shapes,
        ({ name }) => name,
        (shape) => shape,
      );
    },
  },
];
