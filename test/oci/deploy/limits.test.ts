import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createLimits, type Limits } from '../../../src/oci/deploy/limits.ts';
import { type Bare, bare, control } from '../bare.ts';
import { type Stage, stage } from '../sandbox.ts';

let on: Stage;
let below: Bare;
let limits: Limits;
beforeAll(async () => {
  on = await stage();
  below = bare(on);
  limits = createLimits(below.services, below.tenancy);
});
beforeEach(() => on.oci.reset());
afterAll(async () => {
  below.close();
  await on.close();
});

const ask = (shape = 'CI.Standard.E4.Flex') =>
  limits.room({
    region: 'eu-amsterdam-1',
    compartmentId: on.oci.compartments['shop/prod'] ?? '',
    domain: 'pYRG:EU-AMSTERDAM-1-AD-1',
    shape,
  });
const limit = (of: object) => control(on, '/service-limits', { service: 'container-instances', ...of });

describe('the room for container instances', () => {
  test('is what limits leave, for the processor of the shape', async () => {
    // image-resizer and "quotes" & <b>
    expect(await ask()).toEqual({
      ocpus: { limit: 'standard-e4-core-count', available: 298, used: 1 },
      memory: { limit: 'standard-e4-memory-count', available: 4992, used: 4 },
    });
    expect(await ask('CI.Standard.A1.Flex')).toMatchObject({ ocpus: { limit: 'standard-a1-core-count' } });
  });

  test('is narrowed by quotas of the compartment', async () => {
    await limit({ name: 'standard-e4-core-count', compartment: 'shop', value: 3 });
    expect(await ask()).toMatchObject({ ocpus: { available: 2, quota: 3 } });
    await limit({ name: 'standard-e4-core-count', region: 'eu-amsterdam-1', value: 2 });
    expect(await ask()).toMatchObject({ ocpus: { available: 0 } });
  });

  test('is not known of shapes that no limit is about, or without the right to read them', async () => {
    expect(await ask('CI.Standard.X9.Flex')).toBeUndefined();
    expect(await ask('nonsense')).toBeUndefined();
    await on.fault({ operation: 'Limits.GetResourceAvailability', status: 404, for: '1h' });
    expect(await ask()).toBeUndefined();
    await on.clearFaults();
    await on.fault({ operation: 'Limits.ListLimitDefinitions', status: 404, for: '1h' });
    expect(await ask()).toBeUndefined();
  });

  test('is a fault while OCI is away', async () => {
    await on.fault({ operation: 'Limits.*', status: 503, for: '9h' });
    await expect(on.hurry(ask())).rejects.toMatchObject({ status: 503 });
  });
});
