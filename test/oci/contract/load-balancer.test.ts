import { models } from 'oci-loadbalancer';
import { adapterContract } from './contract.ts';

adapterContract({
  kind: 'load-balancer',
  seed: `
instances:
  - { name: web-1, region: eu-frankfurt-1, compartment: shop/dev }
loadBalancers:
  - name: edge
    region: eu-frankfurt-1
    compartment: shop/dev
    backendSets: { web: { backends: ['web-1:8080'] } }
    listeners: { http: { port: 80, backendSet: web } }
  - { name: 'other-{n}', count: 3, region: eu-frankfurt-1, compartment: shop/dev, shape: 100Mbps }
`,
  up: 'edge',
  states: Object.values(models.LoadBalancer.LifecycleState),
  calls: { scale: 'LoadBalancer.UpdateLoadBalancerShape' },
  reads: 'LoadBalancer.GetLoadBalancer',
  size: { is: '10-100', to: '50-400' },
  meter: { loadBalancer: 1, mbps: 10 },
});
