import { describe, expect, it } from 'vitest';
import { grow } from '../../../../sandbox/oci/grow/grow.ts';
import { BadSeed, parseSeed, readSeed } from '../../../../sandbox/oci/seed/seed.ts';
import { tenancyOf } from '../../../../sandbox/oci/tenancy.ts';
import { seed } from '../cloud.ts';

describe('the default seed', () => {
  const resources = grow(seed, tenancyOf(seed));
  const named = (name: string) => resources.filter(({ displayName }) => displayName === name);

  it('is large enough to be a tenancy', () => {
    expect(seed.regions.length).toBeGreaterThanOrEqual(2);
    expect(Object.keys(seed.compartments).length).toBeGreaterThanOrEqual(4);
    const main = resources.filter(({ type }) =>
      /^(Instance|ContainerInstance|AutonomousDatabase)$/.test(type),
    );
    expect(main.length).toBeGreaterThanOrEqual(40);
    expect(new Set(resources.map(({ ocid }) => ocid)).size).toBe(resources.length);
  });

  it('grows the same cloud each time', () => {
    expect(grow(seed, tenancyOf(seed))).toEqual(resources);
  });

  it('has what the story and the tests of hostile names need', () => {
    const dev = resources
      .filter(({ freeformTags: { app, env }, type }) => app === 'shop' && env === 'dev' && type !== 'Vnic')
      .filter(({ type }) => type !== 'Container');
    expect(dev.map(({ displayName }) => displayName).sort()).toEqual([
      'shop-dev-api',
      'shop-dev-db',
      'web-1',
      'web-2',
    ]);
    expect(named('bastion').filter(({ type }) => type === 'Instance')).toHaveLength(2);
    for (const name of ['<!channel> nightly', '"quotes" & <b>', 'Geburtstagsgrüße Köln'])
      expect(named(name)).not.toEqual([]);
  });
});

const small = `
tenancy: t
user: { name: u, email: u@example.com }
regions: [{ name: eu-frankfurt-1, key: FRA, domains: 3 }]
compartments:
  a: { description: A }
`;

describe('a seed file', () => {
  it('can be small, and can ask for a crowd', () => {
    const crowd = parseSeed(
      `${small}instances:\n  - { name: 'vm-{n}', count: 3, region: eu-frankfurt-1, compartment: a }\n`,
    );
    const grown = grow(crowd, tenancyOf(crowd)).filter(({ type }) => type === 'Instance');
    expect(grown.map(({ displayName }) => displayName)).toEqual(['vm-1', 'vm-2', 'vm-3']);
  });

  it('is refused with all that is wrong, each with its line', () => {
    const wrong = `${small}  a/b/c: { description: C }
instances:
  - { name: vm, region: mars, compartment: b }
  - { name: '', region: eu-frankfurt-1, compartment: a, colour: red }
`;
    expect(() => parseSeed(wrong, 'my.yml')).toThrow(BadSeed);
    const [first, ...lines] = String(messageOf(() => parseSeed(wrong, 'my.yml'))).split('\n');
    expect(first).toBe('my.yml is not a seed:');
    expect(lines.join('\n')).toContain('line 10: instances.1.name');
    expect(lines.join('\n')).toContain('"colour"');
  });

  it('that names what is not there is refused too', () => {
    const wrong = `${small}  a/b/c: { description: C }
instances:
  - { name: vm, region: mars, compartment: b }
`;
    const message = messageOf(() => parseSeed(wrong));
    expect(message).toContain('line 7: compartments.a/b/c: a/b is not declared');
    expect(message).toContain('line 9: instances.0.region: no region mars');
    expect(message).toContain('line 9: instances.0.compartment: no compartment b');
  });

  it('that is not YAML, or not there, is refused', () => {
    expect(messageOf(() => parseSeed('a: [1,'))).toMatch(/line 1: /);
    expect(messageOf(() => readSeed('no-such-seed.yml'))).toBe('The seed no-such-seed.yml cannot be read.');
  });
});

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof BadSeed) return error.message;
    throw error;
  }
  return 'nothing was thrown';
}
