import { ocid } from '../ids.ts';
import { dice, pick } from '../random.ts';
import type { Instance, Vnic } from '../resources/resources.ts';
import type { Seed } from '../seed/seed.ts';
import type { Tenancy } from '../tenancy.ts';
import { common, type Entry, regionOf, subnetId } from './common.ts';

export function instance(entry: Seed['instances'][number], tenancy: Tenancy): [Instance, Vnic] {
  const id = ocid('instance', entry.region, tenancy.name, entry.compartment, entry.name);
  const roll = dice(id);
  const { domains } = regionOf(tenancy, entry.region);
  const made: Instance = {
    type: 'Instance',
    ocid: id,
    ...common(entry, tenancy, entry.state, roll),
    availabilityDomain: domains[Math.floor(roll() * domains.length)] ?? '',
    faultDomain: pick(['FAULT-DOMAIN-1', 'FAULT-DOMAIN-2', 'FAULT-DOMAIN-3'], roll()),
    shape: entry.shape,
    ocpus: entry.ocpus,
    memoryInGBs: entry.memory,
    imageId: ocid('image', entry.region, entry.image),
    metadata: entry.metadata,
  };
  return [made, vnic(entry, tenancy, made, entry.public, roll)];
}

export function vnic(
  entry: Entry,
  tenancy: Tenancy,
  of: { readonly ocid: string; readonly availabilityDomain: string },
  isPublic: boolean,
  roll: () => number,
): Vnic {
  const byte = () => Math.floor(roll() * 250) + 2;
  const paths = tenancy.compartments.map(({ path }) => path);
  const regionAt = tenancy.regions.findIndex(({ name }) => name === entry.region);
  return {
    type: 'Vnic',
    ocid: ocid('vnic', entry.region, of.ocid),
    ...common(entry, tenancy, 'AVAILABLE', roll),
    availabilityDomain: of.availabilityDomain,
    subnetId: subnetId(tenancy.name, entry.region, entry.compartment),
    privateIp: `10.${regionAt}.${paths.indexOf(entry.compartment)}.${byte()}`,
    ...(isPublic && { publicIp: `198.51.100.${byte()}` }),
    macAddress: `02:00:17:${[byte(), byte(), byte()].map((each) => each.toString(16).padStart(2, '0')).join(':')}`,
    hostnameLabel: entry.name.toLowerCase().replace(/[^a-z0-9-]+/g, '-'),
    attachedTo: of.ocid,
  };
}
