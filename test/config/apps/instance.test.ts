import { describe, expect, test } from 'vitest';
import { wrongApp } from '../apps.ts';

const secret = 'ocid1.vaultsecret.oc1.eu-frankfurt-1.amaaaaaadb';
const quoted = 'Numbers, true and false have to stand in quotes';
const container = { name: 'api', image: 'shop-api' };
const inContainer = (change: object) => ({ instance: { containers: [{ ...container, ...change }] } });

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
      { instance: { pullSecrets: { 'https://fra.ocir.io': secret } } },
      'instance.pullSecrets."https://fra.ocir.io": should be of the host of a registry such as fra.ocir.io, but is of "https://fra.ocir.io"',
    ],
    [
      inContainer({ env: { LIST: ['a'] } }),
      `instance.containers[0].env.LIST: should be a text, or {secret: …} with the OCID of a Vault secret. ${quoted}`,
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
      'instance.containers[1].image: "envoy" has no tag; only the image of the first container gets one from image=, so write it here',
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
      { after: { image: 'curl' } },
      'after.image: "curl" has no tag; only the image of the first container gets one from image=, so write it here',
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
