import { z } from 'zod';
import {
  abouts,
  choice,
  duration,
  either,
  isMapping,
  section,
  text,
  whole,
  yesOrNo,
} from '../reading/fields.ts';
import { amount, ocidOf, plainName, port, seconds, texts } from './fields.ts';

/** One container of an app, as it is written. */

const aValue =
  'a text, or {secret: …} with the OCID of a Vault secret. Numbers, true and false have to stand in quotes';
const secretValue = section({
  secret: ocidOf('vaultsecret', 'a Vault secret').register(abouts, {
    means:
      'Instead of a text: the Vault secret whose content is the value. It is read when an instance is made, and kept nowhere.',
    example: 'ocid1.vaultsecret.oc1.eu-frankfurt-1.amaaaaaa…',
  }),
});
const value = either<string | { readonly secret: string }>(secretValue, aValue, (given) => {
  if (typeof given === 'string') return { as: z.string(), value: given };
  return isMapping(given) ? { as: secretValue, value: given } : undefined;
});

const environment = z.record(z.string(), value, {
  error: 'a mapping of names to values, such as {LOG_LEVEL: info}',
});

const mount = section({
  volume: text('the name of a volume').register(abouts, { means: 'The volume.', example: 'conf' }),
  path: text('a path in the container such as /etc/shop', /^\//).register(abouts, {
    means: 'Where the container sees it.',
    example: '/etc/shop',
  }),
  readOnly: yesOrNo()
    .prefault(false)
    .register(abouts, { means: 'Whether the container may only read it.', example: 'true' }),
});

const checkSchema = section({
  name: text('a name').optional().register(abouts, { means: 'Its name.', example: 'alive' }),
  http: text('a path such as /healthz', /^\//).optional().register(abouts, {
    means: 'The path that has to answer.',
    example: '/healthz',
    otherwise: 'a TCP connection has to be taken',
  }),
  port: port().register(abouts, { means: 'The port that is asked.', example: '8080' }),
  interval: seconds('1s', '1h').optional().register(abouts, {
    means: 'How often.',
    example: '10s',
    otherwise: 'as OCI has it',
  }),
  timeout: seconds('1s', '10m').optional().register(abouts, {
    means: 'How long an answer may take.',
    example: '3s',
    otherwise: 'as OCI has it',
  }),
  initialDelay: seconds('0s', '1h').optional().register(abouts, {
    means: 'How long after the start it begins.',
    example: '20s',
    otherwise: 'as OCI has it',
  }),
  failures: whole(1, 100).optional().register(abouts, {
    means: 'So many failures in a row are a failed check.',
    example: '3',
    otherwise: 'as OCI has it',
  }),
  successes: whole(1, 100).optional().register(abouts, {
    means: 'So many successes in a row end it.',
    example: '1',
    otherwise: 'as OCI has it',
  }),
  onFailure: choice(['kill', 'none']).optional().register(abouts, {
    means: '`kill` ends the container, and `restart` says what then; `none` only tells.',
    example: 'kill',
    otherwise: '`kill`, as OCI has it',
  }),
});

const limits = section({
  ocpus: amount(0.01, 1000, 'OCPUs')
    .optional()
    .register(abouts, { means: 'OCPUs, at most.', example: '0.5' }),
  memory: amount(0.01, 10_000, 'GB of memory')
    .optional()
    .register(abouts, { means: 'Memory, at most, in GB.', example: '4' }),
});

const securityContext = section({
  runAsUser: whole(0, 65535).optional().register(abouts, {
    means: 'The user id that the process has.',
    example: '1000',
    otherwise: 'the one of the image',
  }),
  runAsGroup: whole(0, 65535).optional().register(abouts, {
    means: 'Its group id; it needs `runAsUser`.',
    example: '1000',
    otherwise: 'the one of the image',
  }),
  nonRoot: yesOrNo()
    .optional()
    .register(abouts, { means: 'Whether an image that would run as root is refused.', example: 'true' }),
  readOnlyRoot: yesOrNo()
    .optional()
    .register(abouts, { means: 'Whether its own file system can only be read.', example: 'true' }),
});

/** `fra.ocir.io/lamplight/shop-api`, `registry:5000/a/b:1.4.2`, `nginx@sha256:…`. */
export const image = () =>
  text(
    'an image such as fra.ocir.io/lamplight/shop-api or docker.io/library/nginx:1.29',
    /^[A-Za-z0-9][\w.-]*(:\d+)?(\/[\w.-]+)*(:\w[\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/,
  );

/** What containers of an instance and hooks have in common. */
const running = {
  command: texts.prefault([]).register(abouts, {
    means: 'What is run instead of the image’s entry point.',
    example: '[/bin/shop, serve]',
    otherwise: 'the entry point of the image',
  }),
  arguments: texts.prefault([]).register(abouts, {
    means: 'Its arguments, 64 KB of them at most.',
    example: '[--port, "8080"]',
    otherwise: 'those of the image',
  }),
  workingDirectory: text('a path in the container such as /srv', /^\//).optional().register(abouts, {
    means: 'The folder that it runs in.',
    example: '/srv',
    otherwise: 'the one of the image',
  }),
  env: environment.prefault({}).register(abouts, {
    means:
      'Its environment: texts, or Vault secrets as `{secret: ocid1.vaultsecret.…}`; 64 KB in all. `{app}`, `{version}` (the number of the release), `{tag}` (of the image), `{replica}` (from 1) and `{region}` are filled in when an instance is made; `{{tag}}` is the text `{tag}`.',
    example: '{LOG_LEVEL: info, RELEASE: "{tag}"}',
  }),
  mounts: z
    .array(mount, { error: 'a list of mounts such as {volume: conf, path: /etc/shop}' })
    .prefault([])
    .register(abouts, { means: 'Which volumes it sees, and where.' }),
};

export const containerSchema = section({
  name: plainName().register(abouts, { means: 'Its name, unique in the instance.', example: 'api' }),
  image: image().register(abouts, {
    means:
      'Its image. The first container is the one that `image=` is about: it may be written without a tag; then every deploy has to say one.',
    example: 'fra.ocir.io/lamplight/shop-api',
  }),
  ...running,
  checks: z
    .array(checkSchema, { error: 'a list of checks such as {http: /healthz, port: 8080}' })
    .prefault([])
    .register(abouts, { means: 'OCI’s own checks of the container. They do not ask a load balancer.' }),
  limits: limits
    .optional()
    .register(abouts, { means: 'How much of the instance it may use.', otherwise: 'all of it' }),
  resourcePrincipal: yesOrNo().prefault(true).register(abouts, {
    means: 'Whether it may call OCI as the instance that it runs in.',
    example: 'false',
  }),
  securityContext: securityContext
    .optional()
    .register(abouts, { means: 'With which rights its process runs.' }),
});

export const hookSchema = section({
  image: image().optional().register(abouts, {
    means: 'Its image.',
    example: 'fra.ocir.io/lamplight/shop-migrations:7',
    otherwise: 'the image of the first container, of the version that is deployed',
  }),
  ...running,
  within: duration('10s', '1d')
    .prefault('10m')
    .register(abouts, { means: 'How long it may take.', example: '10m' }),
});

export type FileContainer = z.output<typeof containerSchema>;
export type FileHook = z.output<typeof hookSchema>;
