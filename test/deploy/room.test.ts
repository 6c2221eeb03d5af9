import { afterEach, describe, expect, test } from 'vitest';
import { control } from '../oci/bare.ts';
import { type Rig, rig } from './rig.ts';

let at: Rig;
afterEach(() => at?.close());

const limit = (value: number, more: object = {}) =>
  control(at.at, '/service-limits', {
    service: 'container-instances',
    name: 'standard-e4-core-count',
    value,
    ...more,
  });
const madeIn = async () => {
  const made = await at.at.requests();
  return made.filter(({ operation }) => operation === 'ContainerInstance.CreateContainerInstance').length;
};

describe('limits hold the new instances beside the old ones', () => {
  test('or the deploy is refused, with what is left where', async () => {
    at = await rig();
    await limit(1);
    await expect(at.plan()).rejects.toMatchObject({
      message: expect.stringMatching(
        /^store needs 3 new instances of CI\.Standard\.E4\.Flex \(1 OCPU and 4 GB each\), and there is room for \d\. The old instances stay until the new ones serve, and EU-FRANKFURT-1-AD-1 has \d OCPUs? \(standard-e4-core-count, \d used\) and \d+ GB \(standard-e4-memory-count, \d+ used\) left, EU-FRANKFURT-1-AD-2 has /,
      ),
      hint: expect.stringMatching(/^Ask for a higher limit .* A smaller batch does not help\.$/),
    });
  });

  test('a quota of its compartment counts as well', async () => {
    at = await rig();
    await limit(1, { compartment: 'store' });
    await expect(at.plan()).rejects.toThrow(/standard-e4-core-count, \d used, quota 1\)/);
  });

  test('what cannot be read stands against nothing', async () => {
    at = await rig();
    await limit(1);
    await at.at.fault({ operation: 'Limits.*', status: 404, code: 'NotAuthorizedOrNotFound', count: 100 });
    await expect(at.plan()).resolves.toMatchObject({ title: 'Deploy store 1.1.0' });
  });

  test.each(['LimitExceeded', 'QuotaExceeded'])(
    '%s at run time is told in the words of OCI, once',
    async (code) => {
      at = await rig();
      const plan = await at.plan();
      await limit(1, code === 'QuotaExceeded' ? { compartment: 'store' } : {});
      const before = await madeIn();
      const done = await at.run(plan);
      expect(done.status).toBe('undone');
      expect(done.because).toContain(`400 ${code}`);
      expect(await madeIn()).toBeLessThanOrEqual(before + 3);
      expect((await at.standing()).serving).toEqual(['store-1', 'store-2', 'store-3']);
    },
  );
});
