import { z } from 'zod';
import { readStrategy } from '../../core/deploy/strategy.ts';
import {
  abouts,
  choice,
  duration,
  oneOrSeveral,
  readAs,
  section,
  several,
  shortOr,
  text,
  whole,
  yesOrNo,
} from '../reading/fields.ts';
import { channel, compartment, region } from '../reading/ids.ts';
import { shown } from '../reading/interpolate.ts';
import { hookSchema } from './container-schema.ts';
import { tags } from './fields.ts';
import { gateSchema } from './gate-schema.ts';
import { instanceSchema } from './instance-schema.ts';
import { placeSchema } from './traffic-schema.ts';

/** Apps as they are written in `lamplighter.yml`. What they mean is made of it in apps.ts. */

const finderSchema = section({
  name: text('a name such as shop-api-*; * stands for anything').optional().register(abouts, {
    means: 'Its name; `*` stands for anything.',
    example: 'shop-api-*',
  }),
  tags: tags.prefault({}).register(abouts, {
    means:
      'Tags that it carries, all of them; a value may hold `*`. A defined tag is written `Namespace.Key`.',
    example: '{app: shop}',
  }),
  states: several(choice(['ACTIVE', 'INACTIVE', 'UPDATING', 'FAILED']), 'a list of states')
    .prefault(['ACTIVE'])
    .register(abouts, {
      means:
        'The lifecycle states that a deploy replaces it in. Where others of its instances are stopped or being changed, a deploy is refused until they are not; where all are stopped, it replaces them.',
      example: '[ACTIVE]',
    }),
});

const spreadSchema = section({
  domains: several(
    text('an availability domain such as AD-1', /^[\w:-]*AD-[1-9]$/i),
    'a list of availability domains',
  )
    .optional()
    .register(abouts, {
      means: 'The availability domains, in turn; their whole names or how they end.',
      example: '[AD-1, AD-2]',
      otherwise: 'all of the region',
    }),
  faultDomains: yesOrNo().prefault(true).register(abouts, {
    means: 'Whether instances in one availability domain are put into different fault domains.',
    example: 'true',
  }),
  fallback: yesOrNo().prefault(true).register(abouts, {
    means: 'Whether the next domain is tried where one has no capacity.',
    example: 'true',
  }),
});

const healthSchema = section({
  ok: whole(1, 20).prefault(3).register(abouts, {
    means:
      'So many looks in a row at which the load balancer says OK; they span at least the interval of its health checker, times its retries.',
    example: '3',
  }),
  within: duration('30s', '1h')
    .prefault('5m')
    .register(abouts, { means: 'How long that may take.', example: '5m' }),
});

const withinSchema = section({
  create: duration('1m', '1h')
    .prefault('15m')
    .register(abouts, { means: 'Until a new instance is ACTIVE.', example: '15m' }),
  remove: duration('1m', '1h')
    .prefault('15m')
    .register(abouts, { means: 'Until an old one is deleted.', example: '15m' }),
});

const strategy = readAs('a strategy such as rolling 2, blue-green or canary 5 % 10m, 100 %', readStrategy);

export const appSchema = section({
  region: region.optional().register(abouts, {
    means: 'Its region.',
    example: 'eu-frankfurt-1',
    otherwise: 'the one of `oci.regions`, if it is only one',
  }),
  compartment: compartment.register(abouts, {
    means: 'The compartment of its instances.',
    example: 'shop/prod',
  }),
  channel: channel.optional().register(abouts, {
    means: 'Where its deploys are told of, besides the channel that they were asked for in.',
    example: 'C012AB3CD',
    otherwise: 'only where they were asked for',
  }),
  find: shortOr(finderSchema, 'a name such as shop-api-*, or {name: …, tags: …}', (value) =>
    typeof value === 'string' && value.trim() !== '' ? { name: value } : undefined,
  )
    .optional()
    .register(abouts, {
      means:
        'Which container instances of the compartment are its own: all that is said has to hold. A name alone is short for `{name: …}`.',
      otherwise:
        'those with the tag `lamplighter-app` of its name, which every instance that a deploy makes has',
    }),
  instance: instanceSchema.register(abouts, {
    means: `What a new instance is made of. In every string of it, and of \`before\` and \`after\`, \`${shown('NAME')}\` is a variable that \`interpolate\` lists, \`${shown('NAME:-text')}\` one with a default, and a second \`$\` before it keeps it as it is.`,
  }),
  replicas: whole(1, 100)
    .prefault(1)
    .register(abouts, { means: 'How many instances serve when all is well.', example: '3' }),
  spread: spreadSchema.prefault({}).register(abouts, { means: 'Where in the region they are.' }),
  loadBalancer: oneOrSeveral(
    placeSchema,
    'a mapping such as {find: shop-lb, set: api, port: 8080}, or a list of them',
  )
    .optional()
    .register(abouts, {
      means: 'Where its instances stand behind a load balancer; a list where it is more than one.',
      otherwise: 'nobody calls it, as with a worker',
    }),
  health: healthSchema
    .prefault({})
    .register(abouts, { means: 'When a new instance is believed to be well.' }),
  minimum: whole(0, 100).optional().register(abouts, {
    means:
      'So many healthy backends there are at all times, or a deploy takes nothing away. New instances come before old ones go, so that it may be as many as `replicas`; with fewer, a deploy can replace instances that are unhealthy.',
    example: '2',
    otherwise: '`replicas`',
  }),
  drain: duration('0s', '1h').prefault('30s').register(abouts, {
    means:
      'How long old connections are given to end, at least; the idle timeout of a listener may ask for more.',
    example: '30s',
  }),
  bake: duration('0s', '7d').prefault('10m').register(abouts, {
    means: 'How long old instances are kept, out of traffic, after the last step, to go back to at once.',
    example: '10m',
  }),
  strategy: strategy.prefault('rolling').register(abouts, {
    means:
      '`rolling` or `rolling 2` (so many at a time), `blue-green` (a whole new set, then the switch) or `canary 5 % 10m, 25 % 10m, 100 %` (shares of the traffic and how long each is held). A line may say another.',
    example: 'canary 5 % 10m, 25 % 10m, 100 %',
  }),
  before: hookSchema.optional().register(abouts, {
    means:
      'A container that is run to its end, on an instance of its own, before anything else, such as a migration. It has to be repeatable. A rollback leaves it out.',
    otherwise: 'nothing',
  }),
  after: hookSchema.optional().register(abouts, {
    means: 'The same, once the old instances are gone.',
    otherwise: 'nothing',
  }),
  gates: z
    .array(gateSchema, { error: 'a list of gates such as {name: up, http: "http://{ip}:8080/healthz"}' })
    .prefault([])
    .register(abouts, {
      means: 'What decides, between the steps and during the bake, whether a deploy goes on.',
    }),
  within: withinSchema.prefault({}).register(abouts, { means: 'How long each kind of step may take.' }),
});

export const appsSchema = z.record(z.string(), appSchema, { error: 'a mapping of names to apps' });

export type FileApp = z.output<typeof appSchema>;
export type FileFinder = z.output<typeof finderSchema>;
