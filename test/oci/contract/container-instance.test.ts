import { models } from 'oci-containerinstances';
import { adapterContract } from './contract.ts';

adapterContract({
  kind: 'container-instance',
  seed: `
containerInstances:
  - &api
    name: api
    region: eu-frankfurt-1
    compartment: shop/dev
    ocpus: 2
    memory: 8
    containers: [{ name: api, image: 'fra.ocir.io/lamplight/shop-api:1.42.0', healthCheckPort: 8080 }]
  - { <<: *api, name: 'other-{n}', count: 3 }
`,
  up: 'api',
  states: Object.values(models.ContainerInstance.LifecycleState),
  calls: {
    start: 'ContainerInstance.StartContainerInstance',
    stop: 'ContainerInstance.StopContainerInstance',
    restart: 'ContainerInstance.RestartContainerInstance',
  },
  reads: 'ContainerInstance.GetContainerInstance',
  meter: { ocpu: 2, memoryGb: 8 },
});
