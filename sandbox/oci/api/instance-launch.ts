import { z } from 'zod';
import { checkAddress, freeAddress, freePublicAddress, netOf } from '../addresses.ts';
import { type Call, iso, one, type Reply, tagFields } from '../call.ts';
import { cannotParse, incorrectlyFormatted, invalid, notFound, outOfCapacity } from '../errors.ts';
import { ocid } from '../ids.ts';
import { openWork, send } from '../lifecycle.ts';
import type { Instance, Subnet, Vnic } from '../resources/resources.ts';
import { settings, settingsFrom } from './instance-settings.ts';
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
  sourceDetails: z
    .object({
      sourceType: z.string(),
      imageId: z.string().optional(),
      bootVolumeSizeInGBs: z.number().min(50).max(32_768).optional(),
    })
    .optional(),
  subnetId: z.string().optional(),
  createVnicDetails: z
    .object({
      subnetId: z.string(),
      assignPublicIp: z.boolean(),
      displayName: z.string().max(255),
      hostnameLabel: z.string().max(63),
      nsgIds: z.array(z.string()).max(5),
      privateIp: z.string(),
      skipSourceDestCheck: z.boolean(),
      ...tagFields,
    })
    .partial()
    .optional(),
  faultDomain: z.string().optional(),
  metadata: z.record(z.string(), z.string()).default({}),
  ...settings,
  ...tagFields,
});

export function launchInstance(call: Call): Reply {
  const details = call.json(launchDetails);
  call.checkCompartment(details.compartmentId);
  const domains = call.tenancy.regions.find(({ name }) => name === call.region)?.domains ?? [];
  if (!domains.includes(details.availabilityDomain))
    // as people report it, who named one of another region
    throw cannotParse(incorrectlyFormatted);
  const imageId = details.sourceDetails?.imageId ?? details.imageId;
  if (!imageId) throw invalid('sourceDetails: an image is needed to launch from.');
  const subnet = call.store.get(
    'Subnet',
    call.region,
    details.createVnicDetails?.subnetId ?? details.subnetId ?? '',
  );
  if (!subnet) throw notFound();
  const vnic = details.createVnicDetails ?? {};
  if (vnic.privateIp) checkAddress(call.store, subnet, vnic.privateIp, 'createVnicDetails.privateIp');
  if (call.twist.capacity) throw outOfCapacity();

  const { instance, finished } = launch(call, {
    compartmentId: details.compartmentId,
    displayName: details.displayName ?? `instance${iso(call.now).replace(/\D/g, '').slice(0, 12)}`,
    freeformTags: details.freeformTags ?? {},
    definedTags: details.definedTags ?? {},
    availabilityDomain: details.availabilityDomain,
    faultDomain: details.faultDomain ?? 'FAULT-DOMAIN-1',
    shape: details.shape,
    ocpus: details.shapeConfig?.ocpus ?? 1,
    memoryInGBs: details.shapeConfig?.memoryInGBs ?? 16,
    imageId,
    metadata: details.metadata,
    settings: settingsFrom(details),
    ...(details.sourceDetails?.bootVolumeSizeInGBs !== undefined && {
      bootVolumeSizeInGBs: details.sourceDetails.bootVolumeSizeInGBs,
    }),
    subnet,
    isPublic: vnic.assignPublicIp ?? false,
    vnic,
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

interface Launched
  extends Pick<
    Instance,
    | 'compartmentId'
    | 'displayName'
    | 'freeformTags'
    | 'definedTags'
    | 'availabilityDomain'
    | 'faultDomain'
    | 'shape'
    | 'ocpus'
    | 'memoryInGBs'
    | 'imageId'
    | 'metadata'
    | 'settings'
    | 'bootVolumeSizeInGBs'
  > {
  readonly subnet: Subnet;
  readonly isPublic: boolean;
  /** What its VNIC is to have; the rest as is usual. */
  readonly vnic?: NonNullable<z.infer<typeof launchDetails>['createVnicDetails']>;
}

/** A new instance with its VNIC, on its way to RUNNING, and when it gets there. */
export function launch(call: Call, { subnet, isPublic, vnic: asked = {}, ...wanted }: Launched) {
  const { region, store } = call;
  const id = ocid('instance', region, 'launched', store.next());
  const base = { region, timeCreated: call.now, revision: 1, phases: [], history: [] };
  const instance: Instance = {
    ...base,
    ...wanted,
    type: 'Instance',
    ocid: id,
    lifecycleState: 'PROVISIONING',
  };
  // pools that are larger than a subnet get doubles
  const address =
    asked.privateIp ||
    freeAddress(store, subnet) ||
    `${netOf(subnet.cidrBlock)}${2 + (Number(store.next()) % 250)}`;
  const host = Number(address.slice(address.lastIndexOf('.') + 1));
  const publicIp = isPublic ? freePublicAddress(store) : undefined;
  const { compartmentId, displayName, freeformTags, definedTags, availabilityDomain } = wanted;
  const vnic: Vnic = {
    ...base,
    compartmentId,
    displayName: asked.displayName ?? displayName,
    freeformTags: asked.freeformTags ?? freeformTags,
    definedTags: asked.definedTags ?? definedTags,
    availabilityDomain,
    type: 'Vnic',
    ocid: ocid('vnic', region, id),
    lifecycleState: 'AVAILABLE',
    subnetId: subnet.ocid,
    privateIp: address,
    ...(publicIp && { publicIp }),
    macAddress: `02:00:17:0a:00:${host.toString(16).padStart(2, '0')}`,
    nsgIds: asked.nsgIds ?? [],
    skipSourceDestCheck: asked.skipSourceDestCheck ?? false,
    hostnameLabel: asked.hostnameLabel || displayName.toLowerCase().replace(/[^a-z0-9-]+/g, '-'),
    attachedTo: id,
  };
  store.add(instance);
  store.add(vnic);
  const finished = send(call, instance, {
    through: [{ state: 'PROVISIONING', for: call.times.instanceProvision }],
    to: 'RUNNING',
    onFailure: 'TERMINATED',
  });
  return { instance, vnic, finished };
}
