import { describe, expect, test } from 'vitest';
import { changed, least, readApps, rightApp, wrongApp } from '../apps.ts';
import { file, readAll } from '../reading.ts';

const secret = 'ocid1.vaultsecret.oc1.eu-frankfurt-1.amaaaaaadb';
const quoted = 'Numbers, true and false have to stand in quotes';

test('the least that an app can say', () => {
  const { app, doubts } = rightApp({});
  expect(doubts).toEqual([]);
  expect(app).toEqual({
    name: 'shop',
    region: 'eu-frankfurt-1',
    compartment: 'shop/prod',
    find: { tags: { 'lamplighter-app': 'shop' }, states: ['ACTIVE'] },
    instance: {
      shape: 'CI.Standard.E4.Flex',
      ocpus: 2,
      memory: 8,
      vnics: [{ subnet: 'shop-private', securityGroups: [], publicIp: false }],
      containers: [
        {
          name: 'api',
          image: 'fra.ocir.io/lamplight/shop-api',
          command: [],
          arguments: [],
          environment: {},
          mounts: [],
          checks: [],
          resourcePrincipal: true,
        },
      ],
      volumes: [],
      restartPolicy: 'ALWAYS',
      gracefulShutdown: 30,
      pullSecrets: [],
      tags: { 'lamplighter-app': 'shop' },
      definedTags: {},
    },
    replicas: 1,
    spread: { domains: [], faultDomains: true, fallback: true },
    places: [
      { balancer: { kind: 'load-balancer', name: 'shop-lb', tags: {} }, set: 'api', port: 8080, weight: 1 },
    ],
    health: { ok: 3 },
    minimum: 1,
    drain: 30_000,
    bake: 600_000,
    strategy: { type: 'rolling', batch: 1 },
    gates: [],
    within: { create: 900_000, healthy: 300_000, remove: 900_000 },
  });
});

const full = `
interpolate: [SHOP_*]
apps:
  x-checks: &checks
    - { http: /healthz, port: 8080, interval: 10s, onFailure: kill }
    - { port: 9090, onFailure: none }
  shop:
    region: eu-frankfurt-1
    compartment: shop/prod
    channel: C012AB3CD
    find: { name: 'shop-api-*', tags: { app: shop, Operations.Env: prod }, states: [ACTIVE, INACTIVE] }
    instance:
      shape: CI.Standard.E4.Flex
      ocpus: 2
      memory: 8
      vnics:
        - { subnet: shop-private, securityGroups: [ocid1.networksecuritygroup.oc1..a] }
      gracefulShutdown: 45s
      restart: on-failure
      containers:
        - name: api
          image: fra.ocir.io/lamplight/shop-api:1.4.1
          env: { LOG_LEVEL: info, NAME: '\${SHOP_NAME}', RELEASE: '{tag}', DB_PASSWORD: { secret: ${secret} } }
          command: [/bin/shop]
          arguments: [--verbose]
          workingDirectory: /srv
          checks: *checks
          mounts: [{ volume: conf, path: /etc/shop, readOnly: true }]
          limits: { ocpus: 1, memory: 4 }
          resourcePrincipal: false
          securityContext: { runAsUser: 1000 }
      volumes:
        - { name: conf, files: { shop.conf: ./conf/shop.conf, flags.json: { text: '{}' } } }
        - { name: scratch, empty: memory }
      pullSecrets: { fra.ocir.io: ${secret} }
      dns: { nameservers: [10.0.0.2] }
      tags: { team: shop, x-made-by: lamplighter }
      definedTags: { Operations.CostCenter: '42' }
    replicas: 3
    spread: { domains: [AD-1, AD-2], faultDomains: false, fallback: false }
    loadBalancer:
      - { find: shop-lb, set: api, port: 8080, weight: 5 }
      - find: { tags: { app: shop }, compartment: shop/network }
        set: api
        port: 9090
        network: true
        create: { policy: two-tuple, checker: { http: /healthz, code: 204 }, listener: { name: grpc, port: 443 } }
    health: { ok: 5, within: 10m }
    minimum: 2
    drain: 45s
    bake: 1h
    strategy: canary 5 % 10m, 100 %
    before:
      command: [/bin/migrate]
      env: { DB_PASSWORD: { secret: ${secret} } }
      within: 20m
    after: { image: 'docker.io/library/curl:8', arguments: [http://hooks.internal] }
    gates:
      - { name: errors, metric: 'Errors[1m]{app = "{app}"}.sum()', namespace: shop, pass: '< 1', fail: '>= 5', failures: 1 }
      - { name: up, http: 'http://{ip}:8080/healthz', code: 204, timeout: 2s, every: 30s, delay: 1m }
      - { name: backends, health: true }
      - { name: look, person: [S012ONCAL] }
      - { name: anyone, person: true, observeOnly: true }
    within: { create: 20m, remove: 5m }
`;

test('all that an app can say', async () => {
  const { contents, violations } = readAll(
    { 'lamplighter.yml': file(full), 'conf/shop.conf': 'port=8080' },
    { SHOP_NAME: 'The Shop' },
  );
  expect(violations.map(String)).toEqual([]);
  const shown = `${JSON.stringify(contents?.apps, null, 2)}\n`;
  await expect(shown).toMatchFileSnapshot('../../golden/config/apps.json');
});

describe('short forms', () => {
  test('a name is a finder', () => {
    const { app } = rightApp({ find: 'shop-api-*' });
    expect(app.find).toEqual({ name: 'shop-api-*', tags: {}, states: ['ACTIVE'] });
  });

  test('true is a backend set with a listener of its name', () => {
    const create = (change: object) =>
      rightApp({ loadBalancer: { ...change, create: true } }).app.places[0]?.create;
    const checker = { protocol: 'TCP', interval: 10_000, timeout: 3_000, retries: 3 };
    expect(create({})).toEqual({
      policy: 'ROUND_ROBIN',
      checker,
      listener: { name: 'api', port: 8080, protocol: 'HTTP' },
    });
    expect(create({ network: true })).toEqual({
      policy: 'FIVE_TUPLE',
      checker,
      listener: { name: 'api', port: 8080, protocol: 'TCP' },
    });
  });

  test('what fails is what does not pass', () => {
    const gate = { name: 'errors', metric: 'A[1m].sum()', namespace: 'shop', pass: '<= 1' };
    expect(rightApp({ gates: [gate] }).app.gates[0]).toMatchObject({
      pass: { is: '<=', value: 1 },
      fail: { is: '>', value: 1 },
      every: 60_000,
      delay: 180_000,
    });
  });

  test.each([
    ['0s', 0],
    ['90s', 90],
    ['10m', 300],
  ])('containers have the drain of %s to end, %i s', (drain, seconds) => {
    expect(rightApp({ drain }).app.instance.gracefulShutdown).toBe(seconds);
  });

  test('the region is the only one that is looked at', () => {
    const around = { beside: { oci: { regions: ['eu-zurich-1'] } } };
    expect(rightApp({ region: undefined }, around).app.region).toBe('eu-zurich-1');
  });

  test('a hook has the image of the app', () => {
    expect(rightApp({ before: { command: ['/bin/migrate'] } }).app.before).toEqual({
      container: {
        name: 'before',
        image: 'fra.ocir.io/lamplight/shop-api',
        command: ['/bin/migrate'],
        arguments: [],
        environment: {},
        mounts: [],
        checks: [],
        resourcePrincipal: true,
      },
      within: 600_000,
    });
  });

  test('the tags that are looked for are on what a deploy makes', () => {
    const find = { tags: { app: 'shop', tier: 'a*', 'Operations.Env': 'prod' } };
    const { instance } = rightApp({ find, instance: { tags: { tier: 'api' } } }).app;
    expect(instance.tags).toEqual({ 'lamplighter-app': 'shop', app: 'shop', tier: 'api' });
    expect(instance.definedTags).toEqual({ 'Operations.Env': 'prod' });
  });
});

describe('each part that is wrong is told with its place', () => {
  test.each<[Parameters<typeof wrongApp>[0], string]>([
    [{ regoin: 'x' }, 'regoin: is not a setting; did you mean region?'],
    [{ region: 'frankfurt' }, 'region: should be a region name such as eu-frankfurt-1, but is "frankfurt"'],
    [{ region: undefined }, 'region: is missing; it should be a region name such as eu-frankfurt-1'],
    [
      { compartment: 'shop/*' },
      'compartment: should be a compartment path such as shop/dev, or its OCID, but is "shop/*"',
    ],
    [
      { channel: '#shop' },
      'channel: should be a channel id such as C012AB3CD, but is "#shop". It stands at the bottom of the channel’s details in Slack',
    ],
    [{ find: ['shop'] }, 'find: should be a name such as shop-api-*, or {name: …, tags: …}'],
    [{ find: '' }, 'find: should be a name such as shop-api-*, or {name: …, tags: …}, but is ""'],
    [{ find: { nmae: 'a' } }, 'find.nmae: is not a setting; did you mean name?'],
    [{ find: { tags: { app: 1 } } }, `find.tags.app: should be a text, but is 1. ${quoted}`],
    [
      { find: { name: 'a', states: ['RUNNING'] } },
      'find.states[0]: should be one of ACTIVE, INACTIVE, UPDATING, FAILED, but is "RUNNING"',
    ],
    [
      { find: { name: 'a', states: ['INACTIVE'] } },
      'find.states: should have ACTIVE: that is what the instances are that serve',
    ],
    [
      { find: '*' },
      'find: means every instance of the compartment, and a deploy would delete them; give a name or tags',
    ],
    [
      { find: { tags: { app: '*' } }, instance: { tags: { app: 'x' } } },
      'find: means every instance of the compartment, and a deploy would delete them; give a name or tags',
    ],
    [
      { find: { tags: { app: 'shop' } }, instance: { tags: { app: 'store' } } },
      'instance.tags.app: is "store", and find looks for "shop": the next deploy would not find what this one made',
    ],
    [
      { find: { tags: { app: 'shop-*' } } },
      'instance.tags.app: is missing, and find looks for "shop-*": the next deploy would not find what this one made',
    ],
    [
      { instance: { tags: { 'lamplighter-app': 'other' } } },
      'instance.tags.lamplighter-app: is "other", and find looks for "shop": the next deploy would not find what this one made',
    ],
    [{ replicas: 0 }, 'replicas: should be a whole number from 1 to 100, but is 0'],
    [
      { replicas: 2, find: { name: 'web' } },
      'find.name: is the name of one, and replicas says 2, which would all be called so; write "web-*" or find them by tags',
    ],
    [
      { replicas: 2, minimum: 3 },
      'minimum: is 3, more than the 2 that replicas says: no deploy could ever take anything away',
    ],
    [
      { spread: { domains: ['frankfurt'] } },
      'spread.domains[0]: should be an availability domain such as AD-1, but is "frankfurt"',
    ],
    [{ health: { ok: 0 } }, 'health.ok: should be a whole number from 1 to 20, but is 0'],
    [{ drain: 30 }, 'drain: should be a duration such as 15m or 1h30m, from 0 s to 1 h, but is 30'],
    [{ bake: '8d' }, 'bake: should be a duration such as 15m or 1h30m, from 0 s to 7 d, but is "8d"'],
    [{ strategy: 'blue' }, 'strategy: "blue" is not a strategy; did you mean blue-green?'],
    [
      { strategy: 2 },
      'strategy: should be a strategy such as rolling 2, blue-green or canary 5 % 10m, 100 %, but is 2',
    ],
    [{ strategy: 'canary 5 % 10m' }, 'strategy: canary ends with 5 %, and the last share has to be 100 %'],
    [{ strategy: 'rolling 2' }, 'strategy: rolling 2 replaces more at a time than there are: 1 replica'],
    [
      { strategy: 'canary 5 %, 100 %', loadBalancer: undefined },
      'strategy: a canary gets a share of the traffic of a load balancer, and there is none; use rolling or blue-green',
    ],
    [
      { within: { create: '5s' } },
      'within.create: should be a duration such as 15m or 1h30m, from 1 min to 1 h, but is "5s"',
    ],
  ])('%j', (change, expected) => expect(wrongApp(change)).toEqual([expected]));
});

describe('names and places of apps', () => {
  test.each([
    ['lock', '"lock" is a word of the command deploy; give the app another name'],
    ['the shop', 'should have a name of letters, digits and hyphens, at most 60, but is "the shop"'],
    [
      'a'.repeat(61),
      `should have a name of letters, digits and hyphens, at most 60, but is "${'a'.repeat(61)}"`,
    ],
  ])('%s is no name', (name, expected) => {
    expect(readApps({ [name]: least }).violations.map(({ sentence }) => sentence)).toEqual([expected]);
  });

  test('what the bot does not look at', () => {
    const oci = { regions: ['eu-zurich-1', 'eu-milan-1'], compartments: ['shop/dev', 'data'] };
    expect(wrongApp({}, { beside: { oci } })).toEqual([
      'region: "eu-frankfurt-1" is not in oci.regions, and the bot looks nowhere else; there are eu-zurich-1, eu-milan-1',
      'compartment: "shop/prod" is not in oci.compartments, and the bot looks nowhere else; there are shop/dev, data',
    ]);
  });

  test.each(['shop', 'SHOP', 'shop/prod', 'ocid1.compartment.oc1..a'])('%s has shop/prod in it', (root) => {
    expect(wrongApp({}, { beside: { oci: { compartments: [root] } } })).toEqual([]);
  });

  test.each(['sho', 'shop/prod/eu', 'prod'])('%s does not', (root) => {
    expect(wrongApp({}, { beside: { oci: { compartments: [root] } } })).toHaveLength(1);
  });

  test('apps that nobody can tell apart', () => {
    const apps = {
      shop: changed({ find: 'shop-*' }),
      store: changed({ find: { name: 'SHOP-*' }, loadBalancer: undefined }),
      elsewhere: changed({ find: 'shop-*', region: 'eu-zurich-1' }),
    };
    expect(readApps(apps).violations.map(({ path, sentence }) => `${path}: ${sentence}`)).toEqual([
      'apps.store.find: is the same as that of shop: a deploy of either would delete the instances of both',
    ]);
  });
});

test('what is no mapping', () => {
  for (const [apps, expected] of [
    ['[shop]', '8:1 apps: should be a mapping of names to apps'],
    ['shop', '8:1 apps: should be a mapping of names to apps, but is "shop"'],
    ['{ shop: }', '8:9 apps.shop: should be a mapping of keys to values, but is empty'],
    ['{ shop: [1] }', '8:9 apps.shop: should be a mapping of keys to values'],
  ])
    expect(readAll({ 'lamplighter.yml': file(`apps: ${apps}`) }).violations.map(String)).toEqual([
      `lamplighter.yml:${expected}`,
    ]);
});

test('all that is wrong is told at once, with line and column', () => {
  const text = `interpolate: [SLACK_BOT_TOKEN, SHOP_NAME, "*"]
apps:
  shop:
    compartment: shop/prod
    find: { name: '*' }
    instance:
      shape: \${SHOP_SHAPE}
      ocpus: 2
      subnet: shop-private
      containers:
        - name: api
          image: \${SLACK_BOT_TOKEN}
          env: { A: '\${HOME}', B: 2, C: '\${SHOP_NAME}' }
          mounts: [{ volume: conf, path: /etc }]
        - { name: api, image: envoy, limits: { ocpus: 4 } }
      volumes:
        - { name: cofn, files: { a.conf: nowhere.conf, b/c: { text: a, base64: YQ== } } }
    loadBalancer:
      - { find: lb, set: api, port: 8080 }
      - { find: lb, set: api, port: 8080, create: { policy: two-tuple } }
    minimum: 5
    replicas: 2
    strategy: rolling 3
    gates:
      - { name: up, metric: 'A[1m].sum()', namespace: shop, pass: low, delay: 20m }
      - { name: up, person: [] }
`;
  const { violations } = readAll({ 'lamplighter.yml': file(text) });
  expect(violations.map(String)).toMatchInlineSnapshot(`
    [
      "lamplighter.yml:8:15 interpolate[0]: "SLACK_BOT_TOKEN" is what Lamplighter reads itself, and never reaches a container",
      "lamplighter.yml:8:43 interpolate[2]: should be the name of a variable, or how names begin, such as SHOP_*, but is "*"",
      "lamplighter.yml:10:3 apps.shop.region: is missing; it should be a region name such as eu-frankfurt-1",
      "lamplighter.yml:12:5 apps.shop.find: means every instance of the compartment, and a deploy would delete them; give a name or tags",
      "lamplighter.yml:13:5 apps.shop.instance.memory: is missing; it should be GB of memory, a number from 1 to 10000",
      "lamplighter.yml:14:7 apps.shop.instance.shape: takes \${SHOP_SHAPE}, which interpolate does not list; list it there if containers may know it",
      "lamplighter.yml:19:11 apps.shop.instance.containers[0].image: takes \${SLACK_BOT_TOKEN}, which Lamplighter reads itself, and which never reaches a container; give the container a Vault secret instead, {secret: ocid1.vaultsecret.…}",
      "lamplighter.yml:20:18 apps.shop.instance.containers[0].env.A: takes \${HOME}, which interpolate does not list; list it there if containers may know it",
      "lamplighter.yml:20:32 apps.shop.instance.containers[0].env.B: should be a text, or {secret: …} with the OCID of a Vault secret, but is 2. Numbers, true and false have to stand in quotes",
      "lamplighter.yml:20:38 apps.shop.instance.containers[0].env.C: takes \${SHOP_NAME}, which is not set in the environment of the bot; set it, or write \${SHOP_NAME:-text}",
      "lamplighter.yml:21:22 apps.shop.instance.containers[0].mounts[0].volume: "conf" is not a volume of the instance; did you mean cofn?",
      "lamplighter.yml:22:13 apps.shop.instance.containers[1].name: "api" is the name of two containers; give each its own",
      "lamplighter.yml:22:24 apps.shop.instance.containers[1].image: "envoy" has no tag; only the image of the first container gets one from image=, so write it here",
      "lamplighter.yml:22:48 apps.shop.instance.containers[1].limits.ocpus: is 4, more than the 2 of the instance",
      "lamplighter.yml:24:34 apps.shop.instance.volumes[0].files."a.conf": "nowhere.conf" is not there; it is looked for beside this file",
      "lamplighter.yml:24:56 apps.shop.instance.volumes[0].files."b/c": should be the name of a file without slashes, but is "b/c"",
      "lamplighter.yml:24:56 apps.shop.instance.volumes[0].files."b/c": should have one of file, text or base64",
      "lamplighter.yml:27:9 apps.shop.loadBalancer[1]: is there twice: the same load balancer, backend set and port",
      "lamplighter.yml:27:53 apps.shop.loadBalancer[1].create.policy: should be round-robin, least-connections or ip-hash at a load balancer, but is "two-tuple"",
      "lamplighter.yml:28:5 apps.shop.minimum: is 5, more than the 2 that replicas says: no deploy could ever take anything away",
      "lamplighter.yml:30:5 apps.shop.strategy: rolling 3 replaces more at a time than there are: 2 replicas",
      "lamplighter.yml:32:9 apps.shop.gates[0]: is looked at 20 min after a step and every 1 min, but nothing lasts longer than the bake of 10 min: it would decide nothing",
      "lamplighter.yml:32:61 apps.shop.gates[0].pass: "low" is not a threshold such as < 1, >= 99.5 or == 0",
      "lamplighter.yml:33:11 apps.shop.gates[1].name: "up" is the name of two gates; give each its own",
      "lamplighter.yml:33:21 apps.shop.gates[1].person: should be a list of member ids and user group ids, at least one",
    ]
  `);
});
