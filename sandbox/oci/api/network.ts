import { type Call, iso, one, type Route } from '../call.ts';
import { missing, notFound } from '../errors.ts';
import { ocid } from '../ids.ts';
import { arrayReply, chosen } from '../pages.ts';
import type { Subnet, Vcn, Vnic } from '../resources/resources.ts';
import { hasEnded } from '../store.ts';

function vnicView(vnic: Vnic): object {
  return {
    availabilityDomain: vnic.availabilityDomain,
    compartmentId: vnic.compartmentId,
    definedTags: vnic.definedTags,
    displayName: vnic.displayName,
    freeformTags: vnic.freeformTags,
    hostnameLabel: vnic.hostnameLabel,
    id: vnic.ocid,
    isPrimary: true,
    lifecycleState: vnic.lifecycleState,
    macAddress: vnic.macAddress,
    nsgIds: vnic.nsgIds ?? [],
    privateIp: vnic.privateIp,
    publicIp: vnic.publicIp ?? null,
    skipSourceDestCheck: vnic.skipSourceDestCheck ?? false,
    subnetId: vnic.subnetId,
    timeCreated: iso(vnic.timeCreated),
  };
}

function attachmentView(vnic: Vnic): object {
  return {
    availabilityDomain: vnic.availabilityDomain,
    compartmentId: vnic.compartmentId,
    displayName: null,
    id: ocid('vnicattachment', vnic.region, vnic.ocid),
    instanceId: vnic.attachedTo,
    lifecycleState: 'ATTACHED',
    nicIndex: 0,
    subnetId: vnic.subnetId,
    timeCreated: iso(vnic.timeCreated),
    vlanTag: 100,
    vnicId: vnic.ocid,
  };
}

function subnetView(subnet: Subnet): object {
  return {
    cidrBlock: subnet.cidrBlock,
    compartmentId: subnet.compartmentId,
    definedTags: subnet.definedTags,
    displayName: subnet.displayName,
    dnsLabel: subnet.dnsLabel,
    freeformTags: subnet.freeformTags,
    id: subnet.ocid,
    lifecycleState: subnet.lifecycleState,
    prohibitInternetIngress: false,
    prohibitPublicIpOnVnic: false,
    routeTableId: ocid('routetable', subnet.region, subnet.vcnId),
    securityListIds: [],
    timeCreated: iso(subnet.timeCreated),
    vcnId: subnet.vcnId,
    virtualRouterIp: subnet.cidrBlock.replace(/0\/24$/, '1'),
    virtualRouterMac: '00:00:17:0a:00:01',
  };
}

function vcnView(vcn: Vcn): object {
  return {
    cidrBlock: vcn.cidrBlock,
    cidrBlocks: [vcn.cidrBlock],
    compartmentId: vcn.compartmentId,
    defaultRouteTableId: ocid('routetable', vcn.region, vcn.ocid),
    definedTags: vcn.definedTags,
    displayName: vcn.displayName,
    dnsLabel: vcn.dnsLabel,
    freeformTags: vcn.freeformTags,
    id: vcn.ocid,
    lifecycleState: vcn.lifecycleState,
    timeCreated: iso(vcn.timeCreated),
    vcnDomainName: `${vcn.dnsLabel}.oraclevcn.com`,
  };
}

/** Of compute instances only: a container instance's VNIC has no attachment that one could list. */
function attachments(call: Call): Vnic[] {
  const compartmentId = call.compartment();
  const { query, store, region } = call;
  const wanted = (name: string, value: string) => !query.get(name) || query.get(name) === value;
  return store.list('Vnic', region).filter((vnic) => {
    const instance = store.get('Instance', region, vnic.attachedTo);
    return (
      instance !== undefined &&
      !hasEnded(instance) &&
      vnic.compartmentId === compartmentId &&
      wanted('instanceId', vnic.attachedTo) &&
      wanted('vnicId', vnic.ocid)
    );
  });
}

/** The primary one of each VNIC, found by its address, its VNIC or its subnet. */
function privateIps(call: Call): Vnic[] {
  const { query, store, region } = call;
  const wanted = (name: string, value: string) => !query.get(name) || query.get(name) === value;
  if (!query.get('subnetId') && !query.get('vnicId'))
    throw missing('Either subnetId or vnicId is required to list private IPs.');
  return store.list('Vnic', region).filter((vnic) => {
    const owner = store.find(vnic.attachedTo);
    return (
      owner !== undefined &&
      !hasEnded(owner) &&
      wanted('subnetId', vnic.subnetId) &&
      wanted('vnicId', vnic.ocid) &&
      wanted('ipAddress', vnic.privateIp)
    );
  });
}

function privateIpView(vnic: Vnic): object {
  return {
    availabilityDomain: vnic.availabilityDomain,
    compartmentId: vnic.compartmentId,
    definedTags: vnic.definedTags,
    displayName: vnic.displayName,
    freeformTags: vnic.freeformTags,
    hostnameLabel: vnic.hostnameLabel,
    id: ocid('privateip', vnic.region, vnic.ocid),
    ipAddress: vnic.privateIp,
    ipState: 'ASSIGNED',
    isPrimary: true,
    lifetime: 'EPHEMERAL',
    subnetId: vnic.subnetId,
    timeCreated: iso(vnic.timeCreated),
    vlanId: null,
    vnicId: vnic.ocid,
  };
}

export const network: readonly Route[] = [
  {
    operation: 'VirtualNetwork.ListPrivateIps',
    service: 'core',
    method: 'GET',
    path: '/privateIps',
    handle: (call) => arrayReply(call, privateIps(call), ({ ocid }) => ocid, privateIpView),
  },
  {
    operation: 'Compute.ListVnicAttachments',
    service: 'core',
    method: 'GET',
    path: '/vnicAttachments',
    handle: (call) => arrayReply(call, attachments(call), ({ ocid }) => ocid, attachmentView),
  },
  {
    operation: 'VirtualNetwork.GetVnic',
    service: 'core',
    method: 'GET',
    path: '/vnics/{vnicId}',
    handle: (call) => {
      const vnic = call.resource('Vnic', 'vnicId');
      const owner = call.store.find(vnic.attachedTo);
      if (!owner || hasEnded(owner)) throw notFound();
      return one(vnic, vnicView(vnic));
    },
  },
  {
    operation: 'VirtualNetwork.GetSubnet',
    service: 'core',
    method: 'GET',
    path: '/subnets/{subnetId}',
    handle: (call) => {
      const subnet = call.resource('Subnet', 'subnetId');
      return one(subnet, subnetView(subnet));
    },
  },
  {
    operation: 'VirtualNetwork.ListSubnets',
    service: 'core',
    method: 'GET',
    path: '/subnets',
    handle: (call) => {
      const compartmentId = call.compartment();
      const vcnId = call.query.get('vcnId');
      const subnets = call.store
        .list('Subnet', call.region)
        .filter((each) => each.compartmentId === compartmentId && (!vcnId || each.vcnId === vcnId));
      return arrayReply(call, chosen(call, subnets), ({ ocid }) => ocid, subnetView);
    },
  },
  {
    operation: 'VirtualNetwork.GetVcn',
    service: 'core',
    method: 'GET',
    path: '/vcns/{vcnId}',
    handle: (call) => {
      const vcn = call.resource('Vcn', 'vcnId');
      return one(vcn, vcnView(vcn));
    },
  },
  {
    operation: 'VirtualNetwork.ListVcns',
    service: 'core',
    method: 'GET',
    path: '/vcns',
    handle: (call) => {
      const compartmentId = call.compartment();
      const vcns = call.store.list('Vcn', call.region).filter((each) => each.compartmentId === compartmentId);
      return arrayReply(call, chosen(call, vcns), ({ ocid }) => ocid, vcnView);
    },
  },
];
