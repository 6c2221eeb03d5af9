import { z } from 'zod';
import { type Call, iso, one, type Reply, tagFields } from '../call.ts';
import { invalid, notFound, outOfCapacity } from '../errors.ts';
import { ocid } from '../ids.ts';
import { openWork, send } from '../lifecycle.ts';
import type { Instance, Vnic } from '../resources.ts';
import { instanceView } from './instance-view.ts';

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

export function launchInstance(call: Call): Reply {
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
    instanceView(instance),
    openWork(call, {
      service: 'core',
      operationType: 'LaunchInstance',
      actionType: 'CREATED',
      resource: instance,
      finished,
    }),
  );
}
