import { models } from 'oci-psql';
import { adapterContract } from './contract.ts';

adapterContract({
  kind: 'postgresql',
  seed: `
postgresSystems:
  - { name: ledger, region: eu-frankfurt-1, compartment: shop/dev, ocpus: 4, memory: 64 }
  - { name: 'other-{n}', count: 3, region: eu-frankfurt-1, compartment: shop/dev }
`,
  up: 'ledger',
  states: Object.values(models.DbSystem.LifecycleState),
  calls: {
    start: 'Postgresql.StartDbSystem',
    stop: 'Postgresql.StopDbSystem',
    restart: 'Postgresql.RestartDbInstanceInDbSystem',
  },
  reads: 'Postgresql.GetDbSystem',
  meter: { ocpu: 4, memoryGb: 64 },
});
