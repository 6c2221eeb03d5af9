import { models } from 'oci-containerengine';
import { adapterContract } from './contract.ts';

adapterContract({
  kind: 'oke-cluster',
  seed: `
clusters:
  - name: shop-oke
    region: eu-frankfurt-1
    compartment: shop/dev
    tags: { app: shop }
    pools:
      - { name: workers, size: 3, ocpus: 2, memory: 16 }
      - { name: batch, size: 2, autoscaled: { min: 0, max: 5 } }
    virtualPools: [{ name: bursts, size: 1 }]
  - { name: 'other-{n}', count: 3, region: eu-frankfurt-1, compartment: shop/dev, pools: [{ name: a, size: 1 }] }
`,
  up: 'shop-oke',
  states: Object.values(models.ClusterLifecycleState).filter((state) => typeof state === 'string'),
  calls: { start: 'ContainerEngine.UpdateNodePool', stop: 'ContainerEngine.UpdateNodePool' },
  reads: 'ContainerEngine.GetCluster',
  size: { is: 'workers=3', to: 'workers=5' },
  meter: { ocpu: 6, memoryGb: 48 },
  matchesEtags: false,
});
