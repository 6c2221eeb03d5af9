import { models } from 'oci-database';
import { adapterContract } from './contract.ts';

adapterContract({
  kind: 'autonomous-database',
  seed: `
autonomousDatabases:
  - { name: shop-db, dbName: SHOP, region: eu-frankfurt-1, compartment: shop/dev, ecpus: 4 }
  - { name: 'other-{n}', count: 3, region: eu-frankfurt-1, compartment: shop/dev }
`,
  up: 'shop-db',
  states: Object.values(models.AutonomousDatabase.LifecycleState),
  calls: {
    start: 'Database.StartAutonomousDatabase',
    stop: 'Database.StopAutonomousDatabase',
    restart: 'Database.RestartAutonomousDatabase',
    scale: 'Database.UpdateAutonomousDatabase',
  },
  reads: 'Database.GetAutonomousDatabase',
  size: { is: '4', to: '8' },
  meter: { ecpu: 4 },
});
