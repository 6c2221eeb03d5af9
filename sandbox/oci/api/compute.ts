import { z } from 'zod';
import { type Call, iso, one, type Reply, type Route, tagFields } from '../call.ts';
import { incorrectState, invalid, notFound, outOfCapacity } from '../errors.ts';
import { ocid } from '../ids.ts';
import { type Course, openWork, send } from '../lifecycle.ts';
import { arrayReply, chosen } from '../pages.ts';
import type { Instance, Vnic } from '../resources.ts';

const processors: readonly [RegExp, string][] = [
  [/A1\./, '3.0 GHz Ampere® Altra™'],
  [/E5\./, '2.55 GHz AMD EPYC™ 9J14 (Genoa)'],
  [/GPU/, '2.6 GHz Intel® Xeon® Platinum 8358 (Ice Lake)'],
];

/** The instance as GetInstance and ListInstances send it. */
function view(instance: Instance): object {
  return {
    agentConfig: { areAllPluginsDisabled: false, isManagementDisabled: false, isMonitoringDisabled: false },
    availabilityConfig: { isLiveMigrationPreferred: null, recoveryAction: 'RESTORE_INSTANCE' },
    availabilityDomain: instance.availabilityDomain,
    compartmentId: instance.compartmentId,
    definedTags: instance.definedTags,
    displayName: instance.displayName,
    extendedMetadata: {},
    faultDomain: instance.faultDomain,
    freeformTags: instance.freeformTags,
    id: instance.ocid,
    imageId: instance.imageId,
    instanceOptions: { areLegacyImdsEndpointsDisabled: true },
    launchMode: 'PARAVIRTUALIZED',
    lifecycleState: instance.lifecycleState,
    metadata: instance.metadata,
    region: instance.region,
    shape: instance.shape,
    shapeConfig: {
      ocpus: instance.ocpus,
      memoryInGBs: instance.memoryInGBs,
      processorDescription: processors.find(([shape]) => shape.test(instance.shape))?.[1],
      networkingBandwidthInGbps: Math.max(1, instance.ocpus),
      maxVnicAttachments: Math.max(2, instance.ocpus),
      vcpus: instance.ocpus * (/A1\./.test(instance.shape) ? 1 : 2),
    },
    sourceDetails: { sourceType: 'image', imageId: instance.imageId },
    systemTags: {},
    timeCreated: iso(instance.timeCreated),
  };
}

const actions = [
  'START',
  'STOP',
  'SOFTSTOP',
  'RESET',
  'SOFTRESET',
  'SENDDIAGNOSTICINTERRUPT',
  'DIAGNOSTICREBOOT',
  'REBOOTMIGRATE',
] as const;
type Action = (typeof actions)[number];

function course(action: Action, call: Call): Course | undefined {
  const { instanceStart, instanceStop, instanceSoftStop } = call.times;
  const stop = (lasts: number) => ({ state: 'STOPPING', for: lasts });
  const start = { state: 'STARTING', for: instanceStart };
  switch (action) {
    case 'START':
      return { through: [start], to: 'RUNNING' };
    case 'STOP':
      return { through: [stop(instanceStop)], to: 'STOPPED' };
    case 'SOFTSTOP':
      return { through: [stop(instanceSoftStop)], to: 'STOPPED' };
    case 'SOFTRESET':
      return { through: [stop(instanceSoftStop), start], to: 'RUNNING' };
    case 'RESET':
    case 'DIAGNOSTICREBOOT':
    case 'REBOOTMIGRATE':
      return { through: [stop(instanceStop), start], to: 'RUNNING' };
    case 'SENDDIAGNOSTICINTERRUPT':
      return undefined;
  }
}

function instanceAction(call: Call): Reply {
  const instance = call.resource('Instance', 'instanceId');
  const name = call.query.get('action')?.toUpperCase() ?? '';
  const action = actions.find((each) => each === name);
  if (!action) throw invalid(`action: must be one of ${actions.join(', ')}.`);
  call.json(z.object({ actionType: z.enum(['reset', 'softreset', 'rebootMigrate']) }).optional());
  call.checkEtag(instance);
  const needed = action === 'START' ? 'STOPPED' : 'RUNNING';
  if (instance.lifecycleState !== needed)
    throw incorrectState(
      `${action} needs instance ${instance.ocid} to be ${needed}; it is ${instance.lifecycleState}.`,
    );
  const way = course(action, call);
  if (way) send(call, instance, way);
  return one(instance, view(instance));
}

const launchDetails = z.object({
  availabilityDomain: z.string(),
  compartmentId: z.string(),
  displayName: z.string().max(255).optional(),
  shape: z.string(),
  shapeConfig: z
    .object({ ocpus: z.number().positive(), memoryInGBs: z.number().positive() })
    .partial()
    .optional(),
  imageId: z.string().optional(),
  sourceDetails: z.object({ sourceType: z.string(), imageId: z.string().optional() }).optional(),
  subnetId: z.string().optional(),
  createVnicDetails: z
    .object({ subnetId: z.string().optional(), assignPublicIp: z.boolean().optional() })
    .optional(),
  faultDomain: z.string().optional(),
  metadata: z.record(z.string(), z.string()).default({}),
  ...tagFields,
});

function launchInstance(call: Call): Reply {
  const details = call.json(launchDetails);
  call.checkCompartment(details.compartmentId);
  const domains = call.tenancy.regions.find(({ name }) => name === call.region)?.domains ?? [];
  if (!domains.includes(details.availabilityDomain))
    throw invalid(`availabilityDomain: ${details.availabilityDomain} does not exist in ${call.region}.`);
  const imageId = details.sourceDetails?.imageId ?? details.imageId;
  if (!imageId) throw invalid('sourceDetails: an image is needed to launch from.');
  const subnet = call.store.get(
    'Subnet',
    call.region,
    details.createVnicDetails?.subnetId ?? details.subnetId ?? '',
  );
  if (!subnet) throw notFound();
  if (call.twist.capacity) throw outOfCapacity();

  const id = ocid('instance', call.region, 'launched', call.store.next());
  const base = {
    region: call.region,
    compartmentId: details.compartmentId,
    displayName: details.displayName ?? `instance${iso(call.now).replace(/\D/g, '').slice(0, 12)}`,
    freeformTags: details.freeformTags ?? {},
    definedTags: details.definedTags ?? {},
    timeCreated: call.now,
    revision: 1,
    phases: [],
    history: [],
    availabilityDomain: details.availabilityDomain,
  };
  const instance: Instance = {
    ...base,
    type: 'Instance',
    ocid: id,
    lifecycleState: 'PROVISIONING',
    faultDomain: details.faultDomain ?? 'FAULT-DOMAIN-1',
    shape: details.shape,
    ocpus: details.shapeConfig?.ocpus ?? 1,
    memoryInGBs: details.shapeConfig?.memoryInGBs ?? 16,
    image: imageId,
    imageId,
    metadata: details.metadata,
  };
  const host = Number(call.store.next());
  const vnic: Vnic = {
    ...base,
    type: 'Vnic',
    ocid: ocid('vnic', call.region, id),
    lifecycleState: 'AVAILABLE',
    subnetId: subnet.ocid,
    privateIp: subnet.cidrBlock.replace(/0\/24$/, String(2 + (host % 250))),
    ...(details.createVnicDetails?.assignPublicIp && { publicIp: `198.51.100.${2 + (host % 250)}` }),
    macAddress: `02:00:17:0a:00:${(host % 256).toString(16).padStart(2, '0')}`,
    hostnameLabel: base.displayName.toLowerCase().replace(/[^a-z0-9-]+/g, '-'),
    attachedTo: id,
  };
  call.store.add(instance);
  call.store.add(vnic);
  const finished = send(call, instance, {
    through: [{ state: 'PROVISIONING', for: call.times.instanceProvision }],
    to: 'RUNNING',
    onFailure: 'TERMINATED',
  });
  return one(
    instance,
    view(instance),
    openWork(call, {
      service: 'core',
      operationType: 'LaunchInstance',
      actionType: 'CREATED',
      resource: instance,
      finished,
    }),
  );
}

const updateDetails = z.object({
  displayName: z.string().max(255).optional(),
  shape: z.string().optional(),
  shapeConfig: z
    .object({ ocpus: z.number().positive(), memoryInGBs: z.number().positive() })
    .partial()
    .optional(),
  metadata: z.record(z.string(), z.string()).optional(),
  ...tagFields,
});

/** A new shape reboots a running instance; a new name or new tags touch nothing else. */
function updateInstance(call: Call): Reply {
  const instance = call.resource('Instance', 'instanceId');
  const details = call.json(updateDetails);
  call.checkEtag(instance);
  if (!['RUNNING', 'STOPPED'].includes(instance.lifecycleState))
    throw incorrectState(`Instance ${instance.ocid} is ${instance.lifecycleState} and cannot be updated.`);
  const reshaped = details.shape !== undefined || details.shapeConfig !== undefined;
  call.store.change(instance, (changed) => {
    changed.displayName = details.displayName ?? changed.displayName;
    changed.freeformTags = details.freeformTags ?? changed.freeformTags;
    changed.definedTags = details.definedTags ?? changed.definedTags;
    changed.metadata = details.metadata ?? changed.metadata;
    changed.shape = details.shape ?? changed.shape;
    changed.ocpus = details.shapeConfig?.ocpus ?? changed.ocpus;
    changed.memoryInGBs = details.shapeConfig?.memoryInGBs ?? changed.memoryInGBs;
  });
  const way = reshaped && instance.lifecycleState === 'RUNNING' ? course('RESET', call) : undefined;
  const finished = way ? send(call, instance, way) : call.now + call.times.instanceUpdate;
  return one(
    instance,
    view(instance),
    openWork(call, {
      service: 'core',
      operationType: 'UpdateInstance',
      actionType: 'UPDATED',
      resource: instance,
      finished,
    }),
  );
}

function terminateInstance(call: Call): Reply {
  const instance = call.resource('Instance', 'instanceId');
  call.checkEtag(instance);
  if (['TERMINATING', 'TERMINATED'].includes(instance.lifecycleState))
    throw incorrectState(`Instance ${instance.ocid} is ${instance.lifecycleState} already.`);
  const finished = send(call, instance, {
    through: [{ state: 'TERMINATING', for: call.times.instanceTerminate }],
    to: 'TERMINATED',
  });
  const headers = openWork(call, {
    service: 'core',
    operationType: 'TerminateInstance',
    actionType: 'DELETED',
    resource: instance,
    finished,
  });
  return { status: 204, headers };
}

export const compute: readonly Route[] = [
  {
    operation: 'Compute.ListInstances',
    service: 'core',
    method: 'GET',
    path: '/instances',
    handle: (call) => {
      const compartmentId = call.compartment();
      const instances = call.store
        .list('Instance', call.region)
        .filter((each) => each.compartmentId === compartmentId);
      return arrayReply(call, chosen(call, instances), ({ ocid }) => ocid, view);
    },
  },
  {
    operation: 'Compute.GetInstance',
    service: 'core',
    method: 'GET',
    path: '/instances/{instanceId}',
    handle: (call) => {
      const instance = call.resource('Instance', 'instanceId');
      return one(instance, view(instance));
    },
  },
  {
    operation: 'Compute.InstanceAction',
    service: 'core',
    method: 'POST',
    path: '/instances/{instanceId}',
    retryToken: true,
    handle: instanceAction,
  },
  {
    operation: 'Compute.LaunchInstance',
    service: 'core',
    method: 'POST',
    path: '/instances',
    retryToken: true,
    handle: launchInstance,
  },
  {
    operation: 'Compute.UpdateInstance',
    service: 'core',
    method: 'PUT',
    path: '/instances/{instanceId}',
    retryToken: true,
    handle: updateInstance,
  },
  {
    operation: 'Compute.TerminateInstance',
    service: 'core',
    method: 'DELETE',
    path: '/instances/{instanceId}',
    handle: terminateInstance,
  },
];
