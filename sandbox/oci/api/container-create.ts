import { z } from 'zod';
import { type Call, tagFields } from '../call.ts';
import { invalid, notFound, outOfCapacity } from '../errors.ts';
import { ocid } from '../ids.ts';
import { openWork, send } from '../lifecycle.ts';
import type { Container, ContainerInstance } from '../resources.ts';
import { shapes } from './container-shapes.ts';

const details = z.object({
  displayName: z.string().max(255).optional(),
  compartmentId: z.string(),
  availabilityDomain: z.string(),
  faultDomain: z.string().optional(),
  shape: z.string(),
  shapeConfig: z.object({ ocpus: z.number().positive(), memoryInGBs: z.number().positive().optional() }),
  containers: z
    .array(
      z.object({
        displayName: z.string().max(255).optional(),
        imageUrl: z.string().min(1),
        command: z.array(z.string()).default([]),
        arguments: z.array(z.string()).default([]),
        environmentVariables: z.record(z.string(), z.string()).default({}),
        healthChecks: z.array(z.object({ port: z.int().optional() })).default([]),
        ...tagFields,
      }),
    )
    .min(1)
    .max(60),
  vnics: z.array(z.object({ subnetId: z.string() })).length(1),
  containerRestartPolicy: z.enum(['ALWAYS', 'NEVER', 'ON_FAILURE']).default('ALWAYS'),
  gracefulShutdownTimeoutInSeconds: z.int().min(0).max(300).default(30),
  ...tagFields,
});

/** Creates the instance, its containers and its VNIC. */
export function createContainerInstance(call: Call) {
  const wanted = call.json(details);
  const { subnet, ...place } = check(call, wanted);
  checkLimits(call, wanted);
  if (call.twist.capacity) throw outOfCapacity();

  const { store, region } = call;
  const id = ocid('computecontainerinstance', region, 'created', store.next());
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
  const name = wanted.displayName ?? `container-instance-${store.next()}`;
  const containers = wanted.containers.map(
    (container, at): Container => ({
      ...base,
      type: 'Container',
      ocid: ocid('computecontainer', region, id, String(at)),
      displayName: container.displayName ?? `${name}-${at + 1}`,
      freeformTags: container.freeformTags ?? {},
      definedTags: container.definedTags ?? {},
      containerInstanceId: id,
      imageUrl: container.imageUrl,
      command: container.command,
      arguments: container.arguments,
      environmentVariables: container.environmentVariables,
      ...(container.healthChecks[0]?.port && { healthCheckPort: container.healthChecks[0].port }),
      restarts: 0,
      runs: [],
    }),
  );
  const host = 2 + (Number(store.next()) % 250);
  const vnicId = ocid('vnic', region, id);
  const instance: ContainerInstance = {
    ...base,
    type: 'ContainerInstance',
    ocid: id,
    displayName: name,
    shape: wanted.shape,
    ocpus: wanted.shapeConfig.ocpus,
    memoryInGBs: wanted.shapeConfig.memoryInGBs ?? wanted.shapeConfig.ocpus * 16,
    containerIds: containers.map((container) => container.ocid),
    vnicId,
    restartPolicy: wanted.containerRestartPolicy,
    gracefulShutdownTimeoutInSeconds: wanted.gracefulShutdownTimeoutInSeconds,
  };
  store.add(instance);
  for (const container of containers) store.add(container);
  store.add({
    ...base,
    type: 'Vnic',
    ocid: vnicId,
    displayName: name,
    lifecycleState: 'AVAILABLE',
    subnetId: subnet.ocid,
    privateIp: subnet.cidrBlock.replace(/0\/24$/, String(host)),
    macAddress: `02:00:17:0b:00:${host.toString(16).padStart(2, '0')}`,
    hostnameLabel: name.toLowerCase().replace(/[^a-z0-9-]+/g, '-'),
    attachedTo: id,
  });
  const course = {
    through: [{ state: 'CREATING', for: call.times.containerCreate }],
    to: 'ACTIVE',
    onFailure: 'FAILED',
  };
  for (const container of containers) send(call, container, course);
  const finished = send(call, instance, course);
  const headers = openWork(call, {
    service: 'containerinstances',
    operationType: 'CREATE_CONTAINER_INSTANCE',
    actionType: 'CREATED',
    resource: instance,
    finished,
  });
  return { instance, headers };
}

/** @throws OciError 400 when the tenancy or the compartment may not have so much. */
function checkLimits(call: Call, wanted: z.infer<typeof details>): void {
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
function check(call: Call, wanted: z.infer<typeof details>) {
  call.checkCompartment(wanted.compartmentId);
  const domains = call.tenancy.regions.find(({ name }) => name === call.region)?.domains ?? [];
  if (!domains.includes(wanted.availabilityDomain))
    throw invalid(`availabilityDomain: ${wanted.availabilityDomain} does not exist in ${call.region}.`);
  const shape = shapes.find(({ name }) => name === wanted.shape);
  if (!shape) throw invalid(`shape: ${wanted.shape} is not a container instance shape.`);
  const { ocpus, memoryInGBs = ocpus * 16 } = wanted.shapeConfig;
  if (ocpus > shape.ocpuOptions.max)
    throw invalid(`shapeConfig.ocpus: ${shape.ocpuOptions.max} at the most.`);
  if (memoryInGBs > Math.min(shape.memoryOptions.maxInGBs, ocpus * 64))
    throw invalid('shapeConfig.memoryInGBs: at most 64 for each OCPU.');
  const subnet = call.store.get('Subnet', call.region, wanted.vnics[0]?.subnetId ?? '');
  if (!subnet) throw notFound();
  return {
    subnet,
    availabilityDomain: wanted.availabilityDomain,
    faultDomain: wanted.faultDomain ?? 'FAULT-DOMAIN-1',
  };
}
