import { models } from 'oci-networkloadbalancer';
import { adapterContract } from './contract.ts';

adapterContract({
  kind: 'network-load-balancer',
  seed: `
instances:
  - { name: web-1, region: eu-frankfurt-1, compartment: shop/dev }
networkLoadBalancers:
  - name: edge
    region: eu-frankfurt-1
    compartment: shop/dev
    backendSets: { web: { backends: ['web-1:8080'] } }
    listeners: { tcp: { port: 80, backendSet: web } }
  - { name: 'other-{n}', count: 3, region: eu-frankfurt-1, compartment: shop/dev }
`,
  up: 'edge',
  states: Object.values(models.LifecycleState).filter((state) => typeof state === 'string'),
  calls: {},
  reads: 'NetworkLoadBalancer.GetNetworkLoadBalancer',
});
