import { describe, expect, test } from 'vitest';
import { changed, least, readApps, rightApp, wrongApp } from './apps.ts';
import { file, readAll } from './reading.ts';

const secret = 'ocid1.vaultsecret.oc1.eu-frankfurt-1.amaaaaaadb';

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
  await expect(shown).toMatchFileSnapshot('../golden/config/apps.json');
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

const quoted = 'Numbers, true and false have to stand in quotes';
const container = { name: 'api', image: 'shop-api' };
const inContainer = (change: object) => ({ instance: { containers: [{ ...container, ...change }] } });
const gate = { name: 'up', http: 'http://198.51.100.7/healthz' };
const metric = { name: 'errors', metric: 'A[1m].sum()', namespace: 'shop', pass: '< 1' };
const place = least.loadBalancer;

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

describe('the instance', () => {
  test.each<[Parameters<typeof wrongApp>[0], string]>([
    [{ instance: 'small' }, 'instance: should be a mapping of keys to values, but is "small"'],
    [
      { instance: { shape: 'VM.Standard.E4.Flex' } },
      'instance.shape: should be a shape of container instances such as CI.Standard.E4.Flex, but is "VM.Standard.E4.Flex"',
    ],
    [{ instance: { ocpus: '2' } }, 'instance.ocpus: should be OCPUs, a number from 1 to 1000, but is "2"'],
    [
      { instance: { subnet: undefined } },
      'instance.subnet: is missing; it should be the name of a subnet, or its OCID',
    ],
    [
      { instance: { subnet: 'ocid1.vcn.oc1..a' } },
      'instance.subnet: should be the name of a subnet, or its OCID, but is "ocid1.vcn.oc1..a"',
    ],
    [
      { instance: { vnics: [{ subnet: 'a' }] } },
      'instance.subnet: should be left out: vnics say it for each network interface',
    ],
    [
      { instance: { securityGroups: ['web'] } },
      'instance.securityGroups[0]: should be the OCID of a network security group, ocid1.networksecuritygroup.…, but is "web"',
    ],
    [
      {
        instance: {
          securityGroups: Array.from('abcdef', (each) => `ocid1.networksecuritygroup.oc1..${each}`),
        },
      },
      'instance.securityGroups: should be a list of OCIDs of network security groups, at most 5',
    ],
    [
      { instance: { gracefulShutdown: '10m' } },
      'instance.gracefulShutdown: should be a duration such as 15m or 1h30m, from 0 s to 5 min, but is "10m"',
    ],
    [
      { instance: { gracefulShutdown: '1500ms' } },
      'instance.gracefulShutdown: should be a duration of whole seconds such as 30s, but is "1500ms"',
    ],
    [
      { instance: { restart: 'sometimes' } },
      'instance.restart: should be one of always, never, on-failure, but is "sometimes"',
    ],
    [{ instance: { containers: [] } }, 'instance.containers: should be a list of containers, at least one'],
    [
      { instance: { pullSecrets: { 'fra.ocir.io': 'hunter2' } } },
      'instance.pullSecrets."fra.ocir.io": should be the OCID of a Vault secret, ocid1.vaultsecret.…, but is "hunter2"',
    ],
    [
      { instance: { definedTags: { CostCenter: '42' } } },
      'instance.definedTags.CostCenter: should be a defined tag, Namespace.Key, but is "CostCenter"',
    ],
    [
      { instance: { containers: [container, { ...container, image: 'shop-api:1' }] } },
      'instance.containers[1].name: "api" is the name of two containers; give each its own',
    ],
    [
      { instance: { containers: [container, { name: 'proxy', image: 'envoy' }] } },
      'instance.containers[1].image: "envoy" has no tag; only the first container gets its own from image=, so write one here',
    ],
    [
      inContainer({ name: 'the api' }),
      'instance.containers[0].name: should be a name of letters, digits and hyphens, but is "the api"',
    ],
    [
      inContainer({ image: 'https://fra.ocir.io/shop' }),
      'instance.containers[0].image: should be an image such as fra.ocir.io/lamplight/shop-api or docker.io/library/nginx:1.29, but is "https://fra.ocir.io/shop"',
    ],
    [
      inContainer({ arguments: ['--port', 8080] }),
      `instance.containers[0].arguments[1]: should be a text, but is 8080. ${quoted}`,
    ],
    [
      inContainer({ env: { PORT: 8080 } }),
      `instance.containers[0].env.PORT: should be a text, or {secret: …} with the OCID of a Vault secret, but is 8080. ${quoted}`,
    ],
    [
      inContainer({ env: { KEY: { secret: 'hunter2' } } }),
      'instance.containers[0].env.KEY.secret: should be the OCID of a Vault secret, ocid1.vaultsecret.…, but is "hunter2"',
    ],
    [
      inContainer({ env: { KEY: { secret, stage: 'CURRENT' } } }),
      'instance.containers[0].env.KEY.stage: is not a setting; known here: secret',
    ],
    [
      inContainer({ env: { 'LOG-LEVEL': 'info' } }),
      'instance.containers[0].env.LOG-LEVEL: should have a name of letters, digits and underscores',
    ],
    [
      inContainer({ env: { OWN: 'http://{ip}' } }),
      'instance.containers[0].env.OWN: has {ip}, which is not known here: {app}, {version}, {tag}, {replica}, {region} are',
    ],
    [
      inContainer({ env: { ALL: 'x'.repeat(65_536) } }),
      'instance.containers[0].env: is 65 KB; OCI takes 64 KB',
    ],
    [
      inContainer({ arguments: ['x'.repeat(70_000)] }),
      'instance.containers[0].arguments: is 69 KB; OCI takes 64 KB',
    ],
    [
      inContainer({ checks: [{ http: 'healthz', port: 8080 }] }),
      'instance.containers[0].checks[0].http: should be a path such as /healthz, but is "healthz"',
    ],
    [
      inContainer({ checks: [{ port: 8080, onFailure: 'restart' }] }),
      'instance.containers[0].checks[0].onFailure: should be one of kill, none, but is "restart"',
    ],
    [
      inContainer({ mounts: [{ volume: 'conf', path: '/etc' }] }),
      'instance.containers[0].mounts[0].volume: "conf" is not a volume of the instance; there are none',
    ],
    [
      inContainer({ limits: { ocpus: 3 } }),
      'instance.containers[0].limits.ocpus: is 3, more than the 2 of the instance',
    ],
    [
      inContainer({ limits: { memory: 16 } }),
      'instance.containers[0].limits.memory: is 16, more than the 8 of the instance',
    ],
    [
      inContainer({ securityContext: { runAsGroup: 1 } }),
      'instance.containers[0].securityContext.runAsUser: is missing; runAsGroup needs it',
    ],
    [
      { before: { mounts: [{ volume: 'conf', path: '/etc' }] } },
      'before.mounts[0].volume: "conf" is not a volume of the instance; there are none',
    ],
    [
      { after: { image: 'a b' } },
      'after.image: should be an image such as fra.ocir.io/lamplight/shop-api or docker.io/library/nginx:1.29, but is "a b"',
    ],
    [
      { before: { within: '1s' } },
      'before.within: should be a duration such as 15m or 1h30m, from 10 s to 1 d, but is "1s"',
    ],
  ])('%j', (change, expected) => expect(wrongApp(change)).toEqual([expected]));

  test('volumes that are mistaken for each other', () => {
    const volumes = [
      { name: 'conf', empty: 'memory' },
      { name: 'conf', empty: 'disk' },
      { name: 'both', empty: 'disk', files: {} },
      { name: 'none' },
      { name: 'odd', empty: 'ssd' },
    ];
    const mounts = [
      { volume: 'cnof', path: '/etc' },
      { volume: 'conf', path: '/etc' },
    ];
    expect(wrongApp({ instance: { volumes, containers: [{ ...container, mounts }] } })).toEqual(
      [
        'instance.containers[0].mounts[0].volume: "cnof" is not a volume of the instance; did you mean conf?',
        'instance.containers[0].mounts[1].path: "/etc" has another volume already',
        'instance.volumes[1].name: "conf" is the name of two volumes; give each its own',
        'instance.volumes[2]: should be given either files or empty',
        'instance.volumes[3]: should be given either files or empty',
        'instance.volumes[4].empty: should be one of memory, disk, but is "ssd"',
      ].toSorted(),
    );
  });
});

describe('load balancers', () => {
  test.each<[Parameters<typeof wrongApp>[0]['x'], string]>([
    [
      'shop-lb',
      'loadBalancer: should be a mapping such as {find: shop-lb, set: api, port: 8080}, or a list of them, but is "shop-lb"',
    ],
    [
      [],
      'loadBalancer: should be a mapping such as {find: shop-lb, set: api, port: 8080}, or a list of them',
    ],
    [{ ...place, prot: 1 }, 'loadBalancer.prot: is not a setting; did you mean port?'],
    [[place, { ...place, prot: 1, set: 'b' }], 'loadBalancer[1].prot: is not a setting; did you mean port?'],
    [{ ...place, port: 0 }, 'loadBalancer.port: should be a whole number from 1 to 65535, but is 0'],
    [[{ ...place, set: 'a b' }], 'loadBalancer[0].set: should be the name of a backend set, but is "a b"'],
    [{ ...place, weight: 101 }, 'loadBalancer.weight: should be a whole number from 1 to 100, but is 101'],
    [{ ...place, find: {} }, 'loadBalancer.find: could be any load balancer; give its name or its tags'],
    [{ ...place, find: '*' }, 'loadBalancer.find: could be any load balancer; give its name or its tags'],
    [[place, place], 'loadBalancer[1]: is there twice: the same load balancer, backend set and port'],
    [
      { ...place, create: 'yes' },
      'loadBalancer.create: should be true, or {policy: …, checker: …, listener: …}, but is "yes"',
    ],
    [
      { ...place, create: { policy: 'five-tuple' } },
      'loadBalancer.create.policy: should be round-robin, least-connections or ip-hash at a load balancer, but is "five-tuple"',
    ],
    [
      { ...place, network: true, create: { policy: 'ip-hash' } },
      'loadBalancer.create.policy: should be five-tuple, three-tuple or two-tuple at a network load balancer, but is "ip-hash"',
    ],
    [
      { ...place, network: true, create: { listener: { name: 'a', port: 80, protocol: 'HTTP' } } },
      'loadBalancer.create.listener.protocol: should be one of TCP, UDP, TCP_AND_UDP, ANY at a network load balancer, but is "HTTP"',
    ],
    [
      { ...place, create: { listener: { name: 'a', port: 80, protocol: 'UDP' } } },
      'loadBalancer.create.listener.protocol: should be one of HTTP, TCP at a load balancer, but is "UDP"',
    ],
    [
      { ...place, create: { listener: { name: 'a' } } },
      'loadBalancer.create.listener.port: is missing; it should be a whole number from 1 to 65535',
    ],
    [
      { ...place, create: { checker: { code: 200 } } },
      'loadBalancer.create.checker.code: should be left out: only http has a status',
    ],
    [
      { ...place, create: { checker: { interval: '5s', timeout: '6s' } } },
      'loadBalancer.create.checker.timeout: is 6 s, longer than the 5 s from one check to the next',
    ],
    [
      { ...place, create: { checker: { interval: '2m' } } },
      'loadBalancer.create.checker: needs 6 min until it believes a backend, and health.within gives it 5 min: every deploy would fail',
    ],
  ])('%j', (loadBalancer, expected) => expect(wrongApp({ loadBalancer })).toEqual([expected]));
});

describe('gates', () => {
  const one = 'should be given exactly one of metric, http, health or person';
  test.each<[object, string]>([
    [{ name: 'none' }, `gates[0]: ${one}`],
    [{ ...gate, health: true }, `gates[0]: ${one}`],
    [{ http: gate.http }, 'gates[0].name: is missing; it should be a name of letters, digits and hyphens'],
    [
      { ...gate, http: '198.51.100.7' },
      'gates[0].http: should be an address such as http://198.51.100.7/healthz, but is "198.51.100.7"',
    ],
    [{ ...gate, http: 'http://a:b/' }, 'gates[0].http: "http://a:b/" is not an address'],
    [
      { ...gate, http: 'http://{host}/' },
      'gates[0].http: has {host}, which stands for nothing; known here: {app}, {version}, {tag}, {region}, {ip}',
    ],
    [{ ...gate, pass: '< 1' }, 'gates[0].pass: should be left out: it belongs to metric'],
    [{ ...metric, code: 200 }, 'gates[0].code: should be left out: it belongs to http'],
    [
      { ...metric, namespace: undefined },
      'gates[0].namespace: is missing; it should be a namespace of OCI Monitoring such as oci_lbaas',
    ],
    [{ ...metric, pass: undefined }, 'gates[0].pass: is missing; it should be a threshold such as "< 1"'],
    [{ ...metric, pass: 'low' }, 'gates[0].pass: "low" is not a threshold such as < 1, >= 99.5 or == 0'],
    [
      { ...metric, pass: 1 },
      'gates[0].pass: should be a threshold such as "< 1", ">= 99.5" or "== 0", but is 1',
    ],
    [
      { ...metric, pass: '< 5', fail: '> 1' },
      'gates[0].fail: is > 1, and pass is < 5: some values would be both',
    ],
    [
      { ...metric, pass: '== 0' },
      'gates[0].fail: is missing; pass is == 0, which leaves open what is a failure',
    ],
    [
      { ...metric, metric: 'A[1m]{version = "{verison}"}.sum()' },
      'gates[0].metric: has {verison}, which stands for nothing; did you mean {version}?',
    ],
    [{ name: 'a', health: false }, 'gates[0].health: should be true, or left out, but is false'],
    [
      { name: 'a', person: [] },
      'gates[0].person: should be a list of member ids and user group ids, at least one',
    ],
    [
      { name: 'a', person: 'S012ONCAL' },
      'gates[0].person: should be a list of member ids and user group ids, or true, but is "S012ONCAL"',
    ],
    [
      { ...metric, delay: '9m30s' },
      'gates[0]: is looked at 9 min 30 s after a step and every 1 min, but nothing lasts longer than the bake of 10 min: it would decide nothing',
    ],
    [{ ...gate, failures: -1 }, 'gates[0].failures: should be a whole number from 0 to 100, but is -1'],
  ])('%j', (written, expected) => expect(wrongApp({ gates: [written] })).toEqual([expected]));

  test('a name that two have', () => {
    expect(wrongApp({ gates: [gate, { name: 'up', health: true }] })).toEqual([
      'gates[1].name: "up" is the name of two gates; give each its own',
    ]);
  });

  test('a load balancer is asked that is not there', () => {
    expect(wrongApp({ loadBalancer: undefined, gates: [{ name: 'up', health: true }] })).toEqual([
      'gates[0].health: asks the load balancer, and the app has no loadBalancer',
    ]);
  });

  test('a step of a canary leaves a gate its time, where the bake does not', () => {
    const strategy = 'canary 5 % 20m, 100 %';
    expect(wrongApp({ bake: '0s', strategy, gates: [metric] })).toEqual([]);
    expect(wrongApp({ bake: '0s', strategy: 'canary 5 % 2m, 100 %', gates: [metric] })).toEqual([
      'gates[0]: is looked at 3 min after a step and every 1 min, but nothing lasts longer than the longest step of 2 min: it would decide nothing',
    ]);
  });
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
      "lamplighter.yml:22:24 apps.shop.instance.containers[1].image: "envoy" has no tag; only the first container gets its own from image=, so write one here",
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

describe('valid, but perhaps not what was meant', () => {
  const canary = 'canary 5 % 10m, 100 %';
  test.each<[string, Parameters<typeof rightApp>[0], readonly string[]]>([
    ['a strategy with gates that are looked at in time', { strategy: canary, gates: [metric] }, []],
    ['less healthy backends than replicas', { replicas: 3, minimum: 2 }, []],
    [
      'containers that end before their connections do',
      { drain: '1m', instance: { gracefulShutdown: '30s' } },
      [
        'instance.gracefulShutdown: is 30 s, shorter than the drain of 1 min: an instance that somebody stops has less time to end its requests than a deploy gives it',
      ],
    ],
    ['a drain that OCI knows no equal of', { drain: '10m', instance: { gracefulShutdown: '5m' } }, []],
    [
      'more network interfaces than OCI gives',
      { instance: { subnet: undefined, vnics: [{ subnet: 'a' }, { subnet: 'b' }] } },
      ['instance.vnics: are 2, and OCI’s shapes of container instances take one'],
    ],
    [
      'less memory than OCI gives',
      { instance: { ocpus: 4, memory: 2 } },
      ['instance.memory: is 2 GB; OCI’s shapes take 4 to 256 GB with 4 OCPUs'],
    ],
    [
      'a canary of connections',
      { strategy: canary, gates: [gate], loadBalancer: [place, { ...place, network: true }] },
      [
        'strategy: shares the connections of a network load balancer (loadBalancer[1]), not its requests: who is connected stays, and the shares are rough',
      ],
    ],
    [
      'a canary behind TCP',
      {
        strategy: canary,
        gates: [gate],
        loadBalancer: { create: { listener: { name: 'tcp', port: 5432, protocol: 'TCP' } } },
      },
      [
        'strategy: shares the connections of a TCP listener (loadBalancer), not its requests: who is connected stays, and the shares are rough',
      ],
    ],
    [
      'a canary that nothing watches',
      { strategy: canary, gates: [{ ...gate, observeOnly: true }] },
      ['strategy: holds its steps, but no gate decides anything: only time would'],
    ],
    ['a canary that holds nothing', { strategy: 'canary 50 %, 100 %' }, []],
    [
      'a minimum of nothing',
      { minimum: 1, loadBalancer: undefined },
      ['minimum: is about backends, and the app has no loadBalancer'],
    ],
    [
      'a set without a listener',
      { loadBalancer: { create: { listener: false } } },
      [
        'loadBalancer.create.listener: makes a set that no listener leads to, and OCI says nothing of its health: a deploy would wait for it in vain, unless one is made meanwhile',
      ],
    ],
    [
      'a metric that is asked for too early',
      { gates: [{ ...metric, delay: '2m' }] },
      [
        'gates[0].delay: is 2 min, and OCI Monitoring often needs 3 min until it has a value: there would be no data, and a person would be asked',
      ],
    ],
    [
      'a metric that does not tell old from new',
      { strategy: canary, gates: [{ ...metric, namespace: 'oci_lbaas' }] },
      [
        'gates[0].metric: counts old and new instances of a backend set together: at 5 % of the traffic, what the new ones do wrong is hardly seen. A metric of the app’s own, with its version as a dimension, tells them apart',
      ],
    ],
    [
      'a step that ends before a gate is looked at',
      { strategy: 'canary 5 % 2m, 100 %', gates: [metric] },
      [
        'gates[0].delay: is looked at 3 min after a step, and the canary leaves 5 % after 2 min: that step passes without it',
      ],
    ],
  ])('%s', (_, change, doubts) => expect(rightApp(change).doubts).toEqual(doubts));

  test('apps whose instances may be mistaken for each other', () => {
    const apps = {
      shop: changed({ find: 'shop-*' }),
      api: changed({ find: '*-api-*' }),
      web: changed({ find: { name: 'shop-web-*' }, compartment: 'shop/web' }),
      tagged: least,
    };
    const { contents } = readApps(apps);
    expect(contents?.warnings.map(({ path, sentence }) => `${path}: ${sentence}`)).toEqual([
      'apps.api.find: may find instances that shop finds too, and a deploy deletes what it finds; tags that differ keep them apart',
      'apps.tagged.find: may find instances that shop finds too, and a deploy deletes what it finds; tags that differ keep them apart',
    ]);
  });
});
