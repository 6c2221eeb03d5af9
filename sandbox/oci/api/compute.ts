import { z } from 'zod';
import { type Call, iso, one, type Reply, type Route, tagFields } from '../call.ts';
import { incorrectState, invalid, notFound } from '../errors.ts';
import { etag } from '../ids.ts';
import { openWork, send } from '../lifecycle.ts';
import { arrayReply, chosen } from '../pages.ts';
import type { Image } from '../tenancy.ts';
import { course, instanceAction } from './instance-actions.ts';
import { launchInstance } from './instance-launch.ts';
import { settings, settingsFrom } from './instance-settings.ts';
import { instanceView } from './instance-view.ts';

const updateDetails = z.object({
  displayName: z.string().max(255).optional(),
  shape: z.string().optional(),
  shapeConfig: z
    .object({ ocpus: z.number().positive(), memoryInGBs: z.number().positive() })
    .partial()
    .optional(),
  metadata: z.record(z.string(), z.string()).optional(),
  ...settings,
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
  if (details.shapeConfig && !/\.Flex$/.test(details.shape ?? instance.shape))
    throw invalid(`shapeConfig: ${details.shape ?? instance.shape} is not a flexible shape.`);
  call.store.change(instance, (changed) => {
    changed.displayName = details.displayName ?? changed.displayName;
    changed.freeformTags = details.freeformTags ?? changed.freeformTags;
    changed.definedTags = details.definedTags ?? changed.definedTags;
    changed.metadata = details.metadata ?? changed.metadata;
    changed.settings = settingsFrom(details, changed.settings);
    changed.shape = details.shape ?? changed.shape;
    changed.ocpus = details.shapeConfig?.ocpus ?? changed.ocpus;
    changed.memoryInGBs = details.shapeConfig?.memoryInGBs ?? changed.memoryInGBs;
  });
  const way = reshaped && instance.lifecycleState === 'RUNNING' ? course('RESET', call) : undefined;
  const finished = way ? send(call, instance, way) : call.now + call.times.instanceUpdate;
  return one(
    instance,
    instanceView(instance),
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

function imagesOf({ tenancy, region }: Call): Image[] {
  return tenancy.images.filter((image) => image.region === region);
}

/** As the images that Oracle provides: of no compartment. */
function imageView({ tenancy }: Call, { ocid, name }: Image): object {
  const [, system, version] = /^([A-Za-z-]+?)-(\d[\d.]*)/.exec(name) ?? [];
  return {
    id: ocid,
    compartmentId: null,
    displayName: name,
    operatingSystem: system?.replaceAll('-', ' ') ?? 'Custom',
    operatingSystemVersion: version ?? '1',
    createImageAllowed: true,
    lifecycleState: 'AVAILABLE',
    timeCreated: iso(tenancy.timeCreated),
  };
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
      return arrayReply(call, chosen(call, instances), ({ ocid }) => ocid, instanceView);
    },
  },
  {
    operation: 'Compute.GetInstance',
    service: 'core',
    method: 'GET',
    path: '/instances/{instanceId}',
    handle: (call) => {
      const instance = call.resource('Instance', 'instanceId');
      return one(instance, instanceView(instance));
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
  {
    operation: 'Compute.GetImage',
    service: 'core',
    method: 'GET',
    path: '/images/{imageId}',
    handle: (call) => {
      const image = imagesOf(call).find(({ ocid }) => ocid === call.param('imageId'));
      if (!image) throw notFound();
      return { status: 200, headers: { etag: etag(image.ocid, 1) }, body: imageView(call, image) };
    },
  },
  {
    operation: 'Compute.ListImages',
    service: 'core',
    method: 'GET',
    path: '/images',
    handle: (call) => {
      call.compartment();
      const displayName = call.query.get('displayName');
      const images = imagesOf(call).filter(({ name }) => !displayName || name === displayName);
      return arrayReply(
        call,
        images,
        ({ ocid }) => ocid,
        (image) => imageView(call, image),
      );
    },
  },
];
