import { z } from 'zod';
import { abouts, choice, section, several, shortOr, text, yesOrNo } from '../reading/fields.ts';
import { shown } from '../reading/interpolate.ts';
import { containerSchema } from './container-schema.ts';
import { amount, ocidOf, plainName, seconds, tags, texts } from './fields.ts';

/** What a container instance of an app is made of, as it is written. */

const subnet = () => text('the name of a subnet, or its OCID', /^(ocid1\.subnet\.\S+|(?!ocid1\.)\S.*)$/);
const nsg = ocidOf('networksecuritygroup', 'a network security group');
const groups = 'a list of OCIDs of network security groups';
const fiveGroups = several(nsg, groups).max(5, { error: `${groups}, at most 5` });

const vnicSchema = section({
  subnet: subnet().register(abouts, {
    means: 'The subnet, by its name in the app’s compartment or by its OCID.',
    example: 'shop-private',
  }),
  securityGroups: fiveGroups.optional().register(abouts, {
    means: 'Its network security groups.',
    example: '[ocid1.networksecuritygroup.oc1.eu-frankfurt-1.aaaaaaaa…]',
  }),
  publicIp: yesOrNo()
    .prefault(false)
    .register(abouts, { means: 'Whether it gets a public address too.', example: 'false' }),
});

const fileSchema = section({
  file: text('the path of a file').optional().register(abouts, {
    means:
      'A file, relative to this one and not above its folder. It is taken as it is, byte for byte. A path alone is short for this.',
    example: './conf/shop.conf',
  }),
  interpolate: yesOrNo()
    .prefault(false)
    .register(abouts, {
      means: `Whether \`${shown('NAME')}\` in the file is filled in, as in the strings of this one.`,
      example: 'true',
    }),
  text: z.string({ error: 'a text' }).optional().register(abouts, {
    means: 'The content itself.',
    example: '"{}"',
  }),
  base64: z.base64({ error: 'content as base64' }).optional().register(abouts, {
    means: 'The content itself, as base64.',
    example: 'e30=',
  }),
});

const volumeSchema = section({
  name: plainName().register(abouts, { means: 'Its name, unique in the instance.', example: 'conf' }),
  files: z
    .record(
      z.string(),
      shortOr(fileSchema, 'a path, {file: …}, {text: …} or {base64: …}', (value) =>
        typeof value === 'string' && value.trim() !== '' ? { file: value } : undefined,
      ),
      { error: 'a mapping of file names to paths, such as {shop.conf: ./conf/shop.conf}' },
    )
    .optional()
    .register(abouts, {
      means: 'Files by the names that the container sees. 512 KiB in all volumes of an instance together.',
      example: '{shop.conf: ./conf/shop.conf, flags.json: {text: "{}"}}',
    }),
  empty: choice(['memory', 'disk']).optional().register(abouts, {
    means: 'Instead of `files`: an empty folder, in memory or on the disk of the instance.',
    example: 'memory',
  }),
}).refine((volume) => Object.hasOwn(Object(volume), 'files') !== Object.hasOwn(Object(volume), 'empty'), {
  error: 'given either files or empty',
  when: () => true,
});

const dnsSchema = section({
  nameservers: texts
    .prefault([])
    .register(abouts, { means: 'Addresses of name servers.', example: '[10.0.0.2]' }),
  searches: texts
    .prefault([])
    .register(abouts, { means: 'Domains that names are looked for in.', example: '[shop.internal]' }),
  options: texts.prefault([]).register(abouts, { means: 'Options of resolv.conf.', example: '["ndots:2"]' }),
});

export const instanceSchema = section({
  shape: text('a shape of container instances such as CI.Standard.E4.Flex', /^CI\.\S+$/).register(abouts, {
    means: 'The shape.',
    example: 'CI.Standard.E4.Flex',
  }),
  ocpus: amount(1, 1000, 'OCPUs').register(abouts, { means: 'OCPUs.', example: '2' }),
  memory: amount(1, 10_000, 'GB of memory').register(abouts, { means: 'Memory in GB.', example: '8' }),
  subnet: subnet().optional().register(abouts, {
    means: 'The subnet of its one network interface, by its name in the app’s compartment or by its OCID.',
    example: 'shop-private',
    otherwise: '`vnics`',
  }),
  securityGroups: fiveGroups.optional().register(abouts, {
    means: 'With `subnet`: its network security groups.',
    example: '[ocid1.networksecuritygroup.oc1.eu-frankfurt-1.aaaaaaaa…]',
  }),
  publicIp: yesOrNo().optional().register(abouts, {
    means: 'With `subnet`: whether it gets a public address too.',
    example: 'false',
    otherwise: '`false`',
  }),
  vnics: z
    .array(vnicSchema, { error: 'a list of network interfaces such as {subnet: shop-private}' })
    .min(1, { error: 'a list of network interfaces such as {subnet: shop-private}, at least one' })
    .optional()
    .register(abouts, {
      means:
        'Its network interfaces, where it is not the one of `subnet`. Backends have the address of the first.',
    }),
  gracefulShutdown: seconds('0s', '5m').optional().register(abouts, {
    means: 'How long containers have between the signal to end and their end.',
    example: '30s',
    otherwise: '`drain`, but 5 min at most',
  }),
  restart: choice(['always', 'never', 'on-failure']).prefault('always').register(abouts, {
    means: 'Whether containers that ended are started again.',
    example: 'always',
  }),
  containers: z
    .array(containerSchema, { error: 'a list of containers' })
    .min(1, { error: 'a list of containers, at least one' })
    .max(60, { error: 'a list of containers, at most 60' })
    .register(abouts, { means: 'Its containers. The first one is the app’s own.' }),
  volumes: z
    .array(volumeSchema, { error: 'a list of volumes such as {name: scratch, empty: memory}' })
    .max(32, { error: 'a list of volumes, at most 32' })
    .prefault([])
    .register(abouts, { means: 'What containers may mount.' }),
  pullSecrets: z
    .record(z.string(), ocidOf('vaultsecret', 'a Vault secret'), {
      error: 'a mapping of registries to Vault secrets',
    })
    .prefault({})
    .register(abouts, {
      means:
        'How private registries let it in: for each the Vault secret that holds `{"username": …, "password": …}`. OCI reads it by itself.',
      example: '{fra.ocir.io: ocid1.vaultsecret.oc1.eu-frankfurt-1.amaaaaaa…}',
    }),
  dns: dnsSchema.optional().register(abouts, {
    means: 'How its containers look names up.',
    otherwise: 'as the subnet says',
  }),
  tags: tags.prefault({}).register(abouts, {
    means: 'Freeform tags of each instance. Those that `find` looks for are added.',
    example: '{team: shop}',
  }),
  definedTags: z
    .record(z.string(), z.string({ error: 'a text. Numbers, true and false have to stand in quotes' }), {
      error: 'a mapping of defined tags to values, such as {Operations.CostCenter: "42"}',
    })
    .prefault({})
    .register(abouts, {
      means: 'Defined tags of each instance.',
      example: '{Operations.CostCenter: "42"}',
    }),
});

export type FileInstance = z.output<typeof instanceSchema>;
export type FileVolume = z.output<typeof volumeSchema>;
export type FileVolumeFile = z.output<typeof fileSchema>;
export { containerSchema, volumeSchema };
