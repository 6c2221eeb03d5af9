import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { App } from '../../src/core/deploy/app.ts';
import type { OldBackend } from '../../src/core/deploy/scene.ts';
import { describePlan } from '../../src/core/describe.ts';
import type { Operation } from '../../src/core/operation.ts';
import type { Plan } from '../../src/core/plan.ts';
import { planRetire } from '../../src/deploying/retiring.ts';
import type { Logged } from '../oci/sandbox.ts';
import { type Rig, rig } from './rig.ts';
import { appIn } from './shop.ts';

/**
 * What the library monkey-projects/deploy-inst says that it does, and what it would still like to do: a test for each
 * line of its README, in its order and with its example.
 */

const seed = `
tenancy: lamplight
user: { name: lamplighter-bot, email: lamplighter@lamplight.example }
regions: [{ name: eu-frankfurt-1, key: FRA, domains: 3 }]
compartments: { web: { description: Pages } }
repositories:
  - { name: httpd, region: eu-frankfurt-1, compartment: web, images: [{ tags: ['2.4'] }, { tags: ['2.5'] }] }
containerInstances:
  - name: webserver
    region: eu-frankfurt-1
    compartment: web
    tags: { env: prod }
    containers: [{ name: apache, image: 'fra.ocir.io/lamplight/httpd:2.4' }]
  - name: webserver-dev
    region: eu-frankfurt-1
    compartment: web
    tags: { env: dev }
    containers: [{ name: apache, image: 'fra.ocir.io/lamplight/httpd:2.4' }]
loadBalancers:
  - name: edge
    region: eu-frankfurt-1
    compartment: web
    backendSets:
      http: { backends: ['webserver:80', 'webserver-dev:80'] }
      admin: { backends: ['webserver:8080'] }
    listeners: { http: { port: 80, backendSet: http }, admin: { port: 81, backendSet: admin } }
`;

const configuration = `
version: 1
rules: [{ name: all, who: [anyone], commands: ['*'], allow: true }]
interpolate: [SHAPE]
apps:
  web:
    region: eu-frankfurt-1
    compartment: web
    find: { name: webserver, tags: { env: prod }, states: [ACTIVE] }
    instance:
      shape: \${SHAPE}
      ocpus: 2
      memory: 1
      subnet: sn-web
      tags: { env: prod }
      containers:
        - name: apache
          image: fra.ocir.io/lamplight/httpd
          mounts: [{ volume: conf, path: /usr/local/apache2/conf.d }]
      volumes: [{ name: conf, files: { site.conf: ./site.conf } }]
    replicas: 1
    spread: { domains: [AD-3], fallback: false }
    loadBalancer:
      - { find: edge, set: http, port: 80 }
      - { find: edge, set: admin, port: 8080 }
    drain: 10s
    bake: 5s
    strategy: blue-green
`;
const site = 'ServerName www.lamplight.example\n';
const app = appIn(configuration, { 'site.conf': site }, { SHAPE: 'CI.Standard.A1.Flex' });

const created = z.object({ resource: z.object({ record: z.record(z.string(), z.unknown()) }) });

let at: Rig;
const open = async (more: Partial<App> = {}, of = seed) => {
  at = await rig({ ...app, ...more }, { seed: of });
};
const plan = () => at.plan({ image: '2.5' });

describe('the procedure', () => {
  let before: Awaited<ReturnType<typeof survey>>;
  let card: Plan;
  let done: Operation;
  let calls: readonly Logged[];
  const survey = async () => (await at.at.cloud.reader.deploys.survey(at.app)).old;
  const first = (operation: string) => calls.findIndex((each) => each.operation?.endsWith(operation));
  const last = (operation: string) => calls.findLastIndex((each) => each.operation?.endsWith(operation));
  const steps = (verb: string) => done.steps.filter(({ step }) => step.verb === verb);

  const sets = (backends: readonly OldBackend[]) =>
    backends.map(({ place, port }) => `${at.app.places[place]?.set} ${port}`).sort();

  beforeAll(async () => {
    await open();
    before = await survey();
    card = await plan();
    done = await at.run(card);
    calls = await at.at.requests();
  });
  afterAll(() => at.close());

  test('1. creates the new container instance, using the specified configuration', async () => {
    expect(done.status).toBe('succeeded');
    const [made] = await survey();
    const reply = await at.at.oci.control.request(`/resources/${made?.target.ocid}`);
    const { resource } = created.parse(await reply.json());
    expect(resource.record).toMatchObject({
      availabilityDomain: expect.stringMatching(/AD-3$/),
      shape: 'CI.Standard.A1.Flex',
      volumes: [
        {
          volumeType: 'CONFIGFILE',
          configs: [{ fileName: 'site.conf', data: Buffer.from(site).toString('base64') }],
        },
      ],
    });
  });

  test('2. finds the address of the existing instance, 3. and its backends in all backend sets', () => {
    expect(before.map(({ target, backends }) => [target.name, sets(backends)])).toEqual([
      ['webserver', ['admin 8080', 'http 80']],
    ]);
  });

  test('4. creates new backends for it, with the configured ports', async () => {
    const [now, ...others] = await survey();
    expect(others).toEqual([]);
    expect(now?.ip).not.toBe(before[0]?.ip);
    expect(sets(now?.backends ?? [])).toEqual(['admin 8080', 'http 80']);
  });

  test('5. waits until they are online, before anything is taken away', () => {
    expect(steps('backend.well').map(({ state }) => state)).toEqual(['done', 'done']);
    expect(first('GetBackendHealth')).toBeGreaterThan(last('CreateBackend'));
    expect(first('UpdateBackend')).toBeGreaterThan(first('GetBackendHealth'));
  });

  test('6. drains the old backends, waits, and deletes them', () => {
    const drains = steps('backend.set').map(({ finishedAt = 0 }) => finishedAt);
    const removals = steps('backend.remove').map(({ startedAt = 0 }) => startedAt);
    expect(Math.min(...removals) - Math.max(...drains)).toBeGreaterThanOrEqual(at.app.drain);
    expect(first('UpdateBackend')).toBeLessThan(first('DeleteBackend'));
  });

  test('7. deletes the old instance, after its backends', async () => {
    expect(first('DeleteContainerInstance')).toBeGreaterThan(last('DeleteBackend'));
    const left = (await at.at.find('webserver*')).filter(({ state }) => state !== 'DELETED');
    expect(left.map(({ ocid }) => ocid)).not.toContain(before[0]?.target.ocid);
    expect(left.map(({ name }) => name).sort()).toEqual(['webserver', 'webserver-dev']);
  });
});

describe('the configuration', () => {
  const faults = async () => (await at.at.cloud.reader.deploys.survey(at.app)).faults;
  const called = (name: string) =>
    app.places.map((place) => ({ ...place, balancer: { ...place.balancer, name } }));

  test('config-file: the credentials and the tenancy come from ~/.oci/config', async () => {
    await open();
    expect(at.at.configFile).toMatch(/config$/);
    expect((await plan()).title).toBe('Deploy web 2.5');
    await at.close();
  });

  test('ci-config: an instance is described as the service takes it, from files and the environment', () => {
    const [volume] = app.instance.volumes;
    expect(app.instance).toMatchObject({ shape: 'CI.Standard.A1.Flex', ocpus: 2, memory: 1 });
    expect(JSON.stringify(volume)).toContain(Buffer.from(site).toString('base64'));
  });

  test('ci-filter: properties that are matched exactly, the state among them', async () => {
    await open();
    const found = async (find: Partial<App['find']>) => {
      const { targets } = await at.at.cloud.reader.deploys.survey({ ...app, find: { ...app.find, ...find } });
      return targets.map(({ name }) => name);
    };
    expect(await found({ name: 'webserver' })).toEqual(['webserver']);
    expect(await found({ name: 'webserver*', tags: { env: 'dev' } })).toEqual(['webserver-dev']);
    await at.at.edit(await at.at.one('webserver'), { state: 'FAILED' });
    expect(await found({ states: ['ACTIVE'] })).toEqual([]);
    expect(await found({ states: ['ACTIVE', 'FAILED'] })).toEqual(['webserver']);
    await at.close();
  });

  test('lb-filter: the load balancer is found by what it is called', async () => {
    await open();
    expect(await faults()).toEqual([]);
    await at.close();
    await open({ places: called('edges') });
    expect(await faults()).toEqual(expect.arrayContaining([expect.stringContaining('edges')]));
    await expect(plan()).rejects.toThrow('web cannot be deployed as things are');
    await at.close();
  });

  test('backends: several backend sets, each with its port', () => {
    expect(app.places.map(({ set, port }) => [set, port])).toEqual([
      ['http', 80],
      ['admin', 8080],
    ]);
  });

  test('no instance matches: nothing is deleted', async () => {
    await open({ find: { name: 'web-*', tags: {}, states: ['ACTIVE'] } });
    expect((await at.run(await plan())).status).toBe('succeeded');
    const calls = await at.at.requests();
    expect(calls.filter(({ operation = '' }) => /Delete/.test(operation))).toEqual([]);
    expect((await at.standing()).serving).toEqual(['web-v1-1']);
    await at.close();
  });
});

describe('what it would like to do', () => {
  afterEach(() => at.close());
  const webserver = { up: ['webserver'], serving: ['webserver'] };

  test('create backend sets if not existing yet', async () => {
    const [place] = app.places;
    const create = {
      policy: 'ROUND_ROBIN',
      checker: { protocol: 'TCP', interval: 10_000, timeout: 3_000, retries: 3 },
      listener: { name: 'new', port: 82, protocol: 'HTTP' },
    } as const;
    await open({ places: place ? [place, { ...place, set: 'new', port: 8081, create }] : [] });
    expect((await at.run(await plan())).status).toBe('succeeded');
    const { places } = await at.at.cloud.reader.deploys.survey(at.app);
    expect(places.map(({ set, missing }) => [set, missing])).toEqual([
      ['http', undefined],
      ['new', undefined],
    ]);
  });

  test('roll back on failure', async () => {
    await open();
    const card = await plan();
    await at.at.fault({ operation: '*.UpdateBackend', fails: 'No.', count: 1 });
    expect((await at.run(card)).status).toBe('undone');
    expect(await at.standing()).toEqual(webserver);
  });

  test('retry on a 429 instead of just failing', async () => {
    await open();
    const card = await plan();
    await at.at.fault({ operation: '*.CreateBackend', status: 429, count: 3 });
    expect((await at.run(card)).status).toBe('succeeded');
    const calls = await at.at.requests();
    expect(calls.filter(({ status }) => status === 429)).toHaveLength(3);
  });

  test('just delete an instance and its backends without creating a new one', async () => {
    await open();
    expect((await at.run(await planRetire(at.look, { what: 'web', because: undefined }))).status).toBe(
      'succeeded',
    );
    expect(await at.standing()).toEqual({ up: [], serving: [] });
    const calls = await at.at.requests();
    expect(calls.filter(({ operation = '' }) => /CreateContainerInstance/.test(operation))).toEqual([]);
  });

  test('allow for dry running', async () => {
    await open();
    const card = await plan();
    const before = (await at.at.requests()).filter(({ method }) => method !== 'GET').length;
    const shown = JSON.stringify(describePlan(card, 'd'.repeat(64), 'It would be asked.'));
    for (const step of card.waves.flat()) expect(shown).toContain(step.does ?? step.name);
    expect(shown).toContain('Nothing was changed.');
    expect((await at.at.requests()).filter(({ method }) => method !== 'GET')).toHaveLength(before);
    expect(await at.standing()).toEqual(webserver);
  });
});
