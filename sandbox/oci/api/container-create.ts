import { checkAddress, freeAddress, freePublicAddress } from '../addresses.ts';
import type { Call } from '../call.ts';
import { invalid, notFound, outOfCapacity } from '../errors.ts';
import { ocid } from '../ids.ts';
import { imageIn } from '../images.ts';
import { openWork, send } from '../lifecycle.ts';
import type { Container, ContainerInstance, Subnet, Vnic } from '../resources/resources.ts';
import { type CreateDetails, createDetails } from './container-details.ts';
import { shapes } from './container-shapes.ts';
import { pulledOf } from './pulled-image.ts';

/** Creates the instance, its containers and its VNICs. */
export function createContainerInstance(call: Call) {
  const wanted = call.json(createDetails);
  const place = checkPlace(call, wanted);
  const subnets = wanted.vnics.map((vnic) => checkVnic(call, vnic));
  checkLimits(call, wanted);
  if (call.twist.capacity) throw outOfCapacity();

  const { store, region } = call;
  const id = ocid('computecontainerinstance', region, 'created', store.next());
  const name = wanted.displayName ?? `container-instance-${store.next()}`;
  const base = {
    region,
    compartmentId: wanted.compartmentId,
    freeformTags: wanted.freeformTags ?? {},
    definedTags: wanted.definedTags ?? {},
    lifecycleState: 'CREATING',
    timeCreated: call.now,
    revision: 1,
    phases: [],
    history: [],
    ...place,
  };
  const containers = wanted.containers.map((container, at) =>
    containerOf(base, { id, name }, container, at, pulledOf(call, container.imageUrl)),
  );
  const vnicIds = wanted.vnics.map((_, at) => ocid('vnic', region, id, ...(at > 0 ? [String(at)] : [])));
  const instance: ContainerInstance = {
    ...base,
    type: 'ContainerInstance',
    ocid: id,
    displayName: name,
    shape: wanted.shape,
    ocpus: wanted.shapeConfig.ocpus,
    memoryInGBs: wanted.shapeConfig.memoryInGBs ?? wanted.shapeConfig.ocpus * 16,
    containerIds: containers.map((container) => container.ocid),
    vnicIds,
    volumes: wanted.volumes,
    dnsConfig: wanted.dnsConfig ?? null,
    imagePullSecrets: wanted.imagePullSecrets.map(withoutPassword),
    securityContext: wanted.securityContext ?? null,
    restartPolicy: wanted.containerRestartPolicy,
    gracefulShutdownTimeoutInSeconds: wanted.gracefulShutdownTimeoutInSeconds,
  };
  store.add(instance);
  for (const container of containers) store.add(container);
  for (const [at, vnic] of wanted.vnics.entries())
    store.add(vnicOf(call, instance, vnicIds[at] ?? '', vnic, subnets[at]));
  return { instance, headers: sendOff(call, instance, containers) };
}

type Base = Pick<
  Container,
  | 'region'
  | 'compartmentId'
  | 'freeformTags'
  | 'definedTags'
  | 'lifecycleState'
  | 'timeCreated'
  | 'revision'
  | 'phases'
  | 'history'
  | 'availabilityDomain'
  | 'faultDomain'
>;

/** It carries the tags of its instance as well as its own. */
function containerOf(
  base: Base,
  { id, name }: { readonly id: string; readonly name: string },
  wanted: CreateDetails['containers'][number],
  at: number,
  pulled: string | undefined,
): Container {
  return {
    ...base,
    type: 'Container',
    ocid: ocid('computecontainer', base.region, id, String(at)),
    displayName: wanted.displayName ?? `${name}-${at + 1}`,
    freeformTags: { ...base.freeformTags, ...wanted.freeformTags },
    definedTags: { ...base.definedTags, ...wanted.definedTags },
    phases: [],
    history: [],
    containerInstanceId: id,
    imageUrl: wanted.imageUrl,
    ...(pulled ? { pulled } : {}),
    command: wanted.command,
    arguments: wanted.arguments,
    environmentVariables: wanted.environmentVariables,
    workingDirectory: wanted.workingDirectory ?? null,
    volumeMounts: wanted.volumeMounts,
    healthChecks: wanted.healthChecks,
    isResourcePrincipalDisabled: wanted.isResourcePrincipalDisabled,
    resourceConfig: wanted.resourceConfig ?? null,
    securityContext: wanted.securityContext ?? null,
    restarts: 0,
    runs: [],
  };
}

function vnicOf(
  call: Call,
  instance: ContainerInstance,
  id: string,
  wanted: CreateDetails['vnics'][number],
  subnet: Subnet | undefined,
): Vnic {
  const address = wanted.privateIp ?? (subnet && freeAddress(call.store, subnet));
  if (!subnet || !address) throw invalid('vnics: the subnet has no free address.');
  const publicIp = wanted.isPublicIpAssigned ? freePublicAddress(call.store) : undefined;
  const { region, compartmentId, availabilityDomain, freeformTags, definedTags, displayName } = instance;
  return {
    type: 'Vnic',
    ocid: id,
    region,
    compartmentId,
    availabilityDomain,
    displayName: wanted.displayName ?? displayName,
    freeformTags: { ...freeformTags, ...wanted.freeformTags },
    definedTags: { ...definedTags, ...wanted.definedTags },
    lifecycleState: 'AVAILABLE',
    timeCreated: call.now,
    revision: 1,
    phases: [],
    history: [],
    subnetId: subnet.ocid,
    privateIp: address,
    ...(publicIp && { publicIp }),
    macAddress: macOf(address),
    hostnameLabel: wanted.hostnameLabel ?? displayName.toLowerCase().replace(/[^a-z0-9-]+/g, '-'),
    nsgIds: wanted.nsgIds,
    skipSourceDestCheck: wanted.skipSourceDestCheck,
    attachedTo: instance.ocid,
  };
}

function macOf(address: string): string {
  const bytes = address
    .split('.')
    .slice(1)
    .map((byte) => Number(byte).toString(16).padStart(2, '0'));
  return `02:00:17:${bytes.join(':')}`;
}

/** On its way to ACTIVE, or to FAILED when there is no such image. */
function sendOff(call: Call, instance: ContainerInstance, containers: readonly Container[]) {
  const missing = containers.find((each) => imageIn(each).isMissing);
  const failure = missing && {
    code: 'ContainerImagePullFailed',
    message: `Container ${missing.displayName}: the image ${missing.imageUrl} could not be pulled. It does not exist, or the container instance has no access to its registry.`,
  };
  const course = {
    through: [{ state: 'CREATING', for: call.times.containerCreate }],
    to: failure ? 'FAILED' : 'ACTIVE',
    onFailure: 'FAILED',
    ...(failure && { details: failure.message }),
  };
  for (const container of containers) send(call, container, course);
  const finished = send(call, instance, course);
  return openWork(call, {
    service: 'containerinstances',
    operationType: 'CREATE_CONTAINER_INSTANCE',
    actionType: 'CREATED',
    resource: instance,
    finished,
    ...(failure && { failure }),
  });
}

function withoutPassword(secret: CreateDetails['imagePullSecrets'][number]) {
  const { registryEndpoint, secretType } = secret;
  return secret.secretType === 'VAULT' ? secret : { secretType, registryEndpoint };
}

/** @throws OciError 400 when the tenancy or the compartment may not have so much. */
function checkLimits(call: Call, wanted: CreateDetails): void {
  const { compartmentId, shape, shapeConfig, availabilityDomain } = wanted;
  const { ocpus, memoryInGBs = ocpus * 16 } = shapeConfig;
  const planned = {
    type: 'ContainerInstance',
    lifecycleState: 'CREATING',
    shape,
    ocpus,
    memoryInGBs,
  } as const;
  call.limits.check({ ...planned, region: call.region, compartmentId }, availabilityDomain);
}

/** @throws OciError 400 or 404 for what the real service refuses. */
function checkPlace(call: Call, wanted: CreateDetails) {
  call.checkCompartment(wanted.compartmentId);
  const domains = call.tenancy.regions.find(({ name }) => name === call.region)?.domains ?? [];
  if (!domains.includes(wanted.availabilityDomain))
    throw invalid(`availabilityDomain: ${wanted.availabilityDomain} does not exist in ${call.region}.`);
  const faultDomain = wanted.faultDomain ?? 'FAULT-DOMAIN-1';
  if (!/^FAULT-DOMAIN-[123]$/.test(faultDomain))
    throw invalid(`faultDomain: ${faultDomain} does not exist in ${wanted.availabilityDomain}.`);
  const shape = shapes.find(({ name }) => name === wanted.shape);
  if (!shape) throw invalid(`shape: ${wanted.shape} is not a container instance shape.`);
  const { ocpus, memoryInGBs = ocpus * 16 } = wanted.shapeConfig;
  if (ocpus > shape.ocpuOptions.max)
    throw invalid(`shapeConfig.ocpus: ${shape.ocpuOptions.max} at the most.`);
  if (memoryInGBs > Math.min(shape.memoryOptions.maxInGBs, ocpus * 64))
    throw invalid('shapeConfig.memoryInGBs: at most 64 for each OCPU.');
  return { availabilityDomain: wanted.availabilityDomain, faultDomain };
}

/** @throws OciError 404 without the subnet, 400 for an address that is not to be had in it. */
function checkVnic({ store, region }: Call, { subnetId, privateIp }: CreateDetails['vnics'][number]): Subnet {
  const subnet = store.get('Subnet', region, subnetId);
  if (!subnet) throw notFound();
  if (privateIp !== undefined) checkAddress(store, subnet, privateIp, 'vnics.privateIp');
  return subnet;
}
