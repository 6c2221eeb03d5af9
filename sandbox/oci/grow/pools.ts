import { memberName, memberTags } from '../api/pool-members.ts';
import { ocid } from '../ids.ts';
import { dice } from '../random.ts';
import type { InstanceConfiguration, InstancePool, Resource } from '../resources/resources.ts';
import type { Seed } from '../seed/seed.ts';
import type { Tenancy } from '../tenancy.ts';
import { common, regionOf, subnetId } from './common.ts';
import { instance } from './instances.ts';
import { attachmentId } from './load-balancers.ts';

type Entry = Seed['instancePools'][number];

/** A pool, the configuration that its members are launched from, and its members. */
export function instancePool(entry: Entry, tenancy: Tenancy): Resource[] {
  const { region, compartment, name, size, shape, ocpus, memory, image, state } = entry;
  const id = ocid('instancepool', region, tenancy.name, compartment, name);
  const { domains } = regionOf(tenancy, region);
  const subnet = subnetId(tenancy.name, region, compartment);
  const configuration: InstanceConfiguration = {
    type: 'InstanceConfiguration',
    ocid: ocid('instanceconfiguration', region, id),
    ...common({ ...entry, name: `${name}-configuration` }, tenancy, 'ACTIVE', dice(`${id} configuration`)),
    shape,
    ocpus,
    memoryInGBs: memory,
    imageId: ocid('image', region, image),
    subnetId: subnet,
    memberTags: entry.tags,
  };
  const tags = { ...entry.tags, ...memberTags(id, configuration.ocid) };
  const members = Array.from({ length: size }, (_, at) =>
    instance(
      {
        region,
        compartment,
        name: memberName(name, String(at)),
        tags,
        defined: entry.defined,
        count: 1,
        shape,
        ocpus,
        memory,
        image,
        state,
        public: false,
        metadata: {},
      },
      tenancy,
    ),
  );
  const pool: InstancePool = {
    type: 'InstancePool',
    ocid: id,
    ...common(entry, tenancy, state, dice(id)),
    instanceConfigurationId: configuration.ocid,
    size,
    availabilityDomains: domains,
    subnetId: subnet,
    memberIds: members.map(([member]) => member.ocid),
    attachments: entry.attach.map(({ loadBalancer, backendSet, port }) => ({
      id: attachmentId(region, id, loadBalancer),
      loadBalancerId: ocid('loadbalancer', region, tenancy.name, compartment, loadBalancer),
      backendSetName: backendSet,
      port,
    })),
  };
  return [configuration, pool, ...members.flat()];
}
