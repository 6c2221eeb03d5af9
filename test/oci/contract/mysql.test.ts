import { models } from 'oci-mysql';
import { adapterContract } from './contract.ts';

adapterContract({
  kind: 'mysql',
  seed: `
mysqlSystems:
  - { name: catalogue, region: eu-frankfurt-1, compartment: shop/dev, shape: MySQL.8, highlyAvailable: true }
  - { name: 'other-{n}', count: 3, region: eu-frankfurt-1, compartment: shop/dev }
`,
  up: 'catalogue',
  states: Object.values(models.DbSystem.LifecycleState),
  calls: {
    start: 'DbSystem.StartDbSystem',
    stop: 'DbSystem.StopDbSystem',
    restart: 'DbSystem.RestartDbSystem',
  },
  reads: 'DbSystem.GetDbSystem',
  meter: { ecpu: 24 },
});
