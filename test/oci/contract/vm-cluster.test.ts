import { models } from 'oci-database';
import { adapterContract } from './contract.ts';

adapterContract({
  kind: 'vm-cluster',
  seed: `
vmClusters:
  - { name: exa, region: eu-frankfurt-1, compartment: shop/dev, cores: 16 }
  - { name: 'other-{n}', count: 3, region: eu-frankfurt-1, compartment: shop/dev }
`,
  up: 'exa',
  states: Object.values(models.CloudVmCluster.LifecycleState),
  calls: {
    start: 'Database.UpdateCloudVmCluster',
    stop: 'Database.UpdateCloudVmCluster',
    scale: 'Database.UpdateCloudVmCluster',
  },
  reads: 'Database.GetCloudVmCluster',
  size: { is: '16', to: '8' },
  meter: { ocpu: 16 },
});
