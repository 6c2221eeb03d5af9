import { models } from 'oci-database';
import { adapterContract } from './contract.ts';

adapterContract({
  kind: 'db-system',
  seed: `
dbSystems:
  - { name: orders, region: eu-frankfurt-1, compartment: shop/dev, cores: 4 }
  - { name: 'other-{n}', count: 3, region: eu-frankfurt-1, compartment: shop/dev }
`,
  up: 'orders',
  states: [
    ...Object.values(models.DbSystem.LifecycleState),
    models.DbNode.LifecycleState.Stopped,
    models.DbNode.LifecycleState.Stopping,
    models.DbNode.LifecycleState.Starting,
  ],
  calls: { start: 'Database.DbNodeAction', stop: 'Database.DbNodeAction', scale: 'Database.UpdateDbSystem' },
  reads: 'Database.GetDbSystem',
  size: { is: '4', to: '8' },
  meter: { ocpu: 4 },
});
