import { type Call, iso, one, type Route } from '../call.ts';
import { notFound } from '../errors.ts';
import { arrayReply, chosen } from '../pages.ts';
import type { Addon, Cluster } from '../resources/platform.ts';

const summary = (cluster: Cluster) => ({
  id: cluster.ocid,
  name: cluster.displayName,
  compartmentId: cluster.compartmentId,
  endpointConfig: { subnetId: cluster.subnetId, nsgIds: [], isPublicIpEnabled: false },
  vcnId: cluster.vcnId,
  kubernetesVersion: cluster.kubernetesVersion,
  freeformTags: cluster.freeformTags,
  definedTags: cluster.definedTags,
  systemTags: {},
  options: {
    serviceLbSubnetIds: [],
    ipFamilies: ['IPv4'],
    kubernetesNetworkConfig: { podsCidr: '10.244.0.0/16', servicesCidr: '10.96.0.0/16' },
    addOns: { isKubernetesDashboardEnabled: false, isTillerEnabled: false },
  },
  metadata: {
    timeCreated: iso(cluster.timeCreated),
    timeUpdated: iso(cluster.timeUpdated ?? cluster.timeCreated),
  },
  lifecycleState: cluster.lifecycleState,
  lifecycleDetails: cluster.lifecycleDetails ?? null,
  endpoints: { kubernetes: null, publicEndpoint: null, privateEndpoint: '10.0.4.10:6443' },
  availableKubernetesUpgrades: [],
  imagePolicyConfig: { isPolicyEnabled: false, keyDetails: [] },
  clusterPodNetworkOptions: [{ cniType: 'OCI_VCN_IP_NATIVE' }],
  type: cluster.clusterType,
});

const addonSummary = (cluster: Cluster, { name, version }: Addon) => ({
  name,
  version,
  currentInstalledVersion: version,
  timeCreated: iso(cluster.timeCreated),
  lifecycleState: 'ACTIVE',
  addonError: null,
});

const clusterOf = (call: Call) => call.resource('ClustersCluster', 'clusterId');

const service = 'containerengine';
const path = '/clusters/{clusterId}';

export const clusters: readonly Route[] = [
  {
    operation: 'ContainerEngine.ListClusters',
    service,
    method: 'GET',
    path: '/clusters',
    handle: (call) => {
      const compartmentId = call.compartment();
      const all = call.store
        .list('ClustersCluster', call.region)
        .filter((each) => each.compartmentId === compartmentId);
      return arrayReply(call, chosen(call, all), ({ ocid }) => ocid, summary);
    },
  },
  {
    operation: 'ContainerEngine.GetCluster',
    service,
    method: 'GET',
    path,
    handle: (call) => {
      const cluster = clusterOf(call);
      return one(cluster, { ...summary(cluster), kmsKeyId: null });
    },
  },
  {
    operation: 'ContainerEngine.ListAddons',
    service,
    method: 'GET',
    path: `${path}/addons`,
    handle: (call) => {
      const cluster = clusterOf(call);
      return arrayReply(
        call,
        cluster.addons,
        ({ name }) => name,
        (addon) => addonSummary(cluster, addon),
      );
    },
  },
  {
    operation: 'ContainerEngine.GetAddon',
    service,
    method: 'GET',
    path: `${path}/addons/{addonName}`,
    handle: (call) => {
      const cluster = clusterOf(call);
      const addon = cluster.addons.find(({ name }) => name === call.param('addonName'));
      if (!addon) throw notFound();
      return one(cluster, { ...addonSummary(cluster, addon), configurations: addon.configurations });
    },
  },
];
