import { z } from 'zod';
import {
  abouts,
  choice,
  duration,
  either,
  section,
  shortOr,
  text,
  whole,
  yesOrNo,
} from '../reading/fields.ts';
import { compartment } from '../reading/ids.ts';
import { plainName, port, tags } from './fields.ts';

/** Where an app stands behind load balancers, as it is written. */

const balancerSchema = section({
  name: text('a name such as shop-lb; * stands for anything').optional().register(abouts, {
    means: 'Its name; `*` stands for anything. A name alone is short for this.',
    example: 'shop-lb',
  }),
  tags: tags.prefault({}).register(abouts, {
    means: 'Tags that it carries; a defined tag is written `Namespace.Key`.',
    example: '{app: shop}',
  }),
  compartment: compartment.optional().register(abouts, {
    means: 'The compartment that it is in.',
    example: 'shop/network',
    otherwise: 'the compartment of the app',
  }),
});

const checkerSchema = section({
  http: text('a path such as /healthz', /^\//).optional().register(abouts, {
    means: 'The path that has to answer.',
    example: '/healthz',
    otherwise: 'a TCP connection has to be taken',
  }),
  code: whole(100, 599).optional().register(abouts, {
    means: 'With `http`: the status that is healthy.',
    example: '204',
    otherwise: '`200`',
  }),
  port: port().optional().register(abouts, {
    means: 'The port that is asked.',
    example: '8081',
    otherwise: 'the port of the backend',
  }),
  interval: duration('1s', '30m').prefault('10s').register(abouts, { means: 'How often.', example: '10s' }),
  timeout: duration('1s', '10m')
    .prefault('3s')
    .register(abouts, { means: 'How long an answer may take.', example: '3s' }),
  retries: whole(1, 10).prefault(3).register(abouts, {
    means: 'So many failures in a row make a backend unhealthy, so many successes healthy again.',
    example: '3',
  }),
});

const listenerSchema = section({
  name: plainName().register(abouts, { means: 'Its name.', example: 'http' }),
  port: port().register(abouts, { means: 'Its port.', example: '80' }),
  protocol: choice(['HTTP', 'TCP', 'UDP', 'TCP_AND_UDP', 'ANY']).optional().register(abouts, {
    means: 'Its protocol: `HTTP` or `TCP`; at a network load balancer all but `HTTP`.',
    example: 'HTTP',
    otherwise: '`HTTP`, or `TCP` at a network load balancer',
  }),
});

const policies = [
  'round-robin',
  'least-connections',
  'ip-hash',
  'five-tuple',
  'three-tuple',
  'two-tuple',
] as const;

const newSetSchema = section({
  policy: choice(policies).optional().register(abouts, {
    means:
      'How backends are chosen: `round-robin`, `least-connections` or `ip-hash`; at a network load balancer `five-tuple`, `three-tuple` or `two-tuple`.',
    example: 'least-connections',
    otherwise: '`round-robin`, or `five-tuple` at a network load balancer',
  }),
  checker: checkerSchema.prefault({}).register(abouts, {
    means: 'How it tells whether a backend is well.',
    otherwise: 'a TCP connection each 10 s',
  }),
  listener: either<false | z.output<typeof listenerSchema>>(
    listenerSchema,
    'a mapping such as {name: http, port: 80}, or false',
    (value) => (value === false ? { as: z.literal(false), value } : { as: listenerSchema, value }),
  )
    .optional()
    .register(abouts, {
      means:
        'The listener that leads to it, which is made too; `false` for none. OCI says nothing of the health of a set that no listener leads to.',
      otherwise: 'one of the name of the set and the port of the app',
    }),
});

export const placeSchema = section({
  find: shortOr(balancerSchema, 'the name of a load balancer, or {name: …, tags: …}', (value) =>
    typeof value === 'string' && value.trim() !== '' ? { name: value } : undefined,
  ).register(abouts, { means: 'Which load balancer; exactly one has to match.' }),
  network: yesOrNo().prefault(false).register(abouts, {
    means: 'Whether it is a network load balancer.',
    example: 'true',
  }),
  set: text('the name of a backend set', /^[\w-]{1,32}$/).register(abouts, {
    means: 'The backend set.',
    example: 'api',
  }),
  port: port().register(abouts, { means: 'The port of the app.', example: '8080' }),
  weight: whole(1, 100).prefault(1).register(abouts, {
    means: 'The weight of a backend where there is no old one to learn it from.',
    example: '1',
  }),
  create: shortOr(newSetSchema, 'true, or {policy: …, checker: …, listener: …}', (value) =>
    value === true ? {} : undefined,
  )
    .optional()
    .register(abouts, {
      means:
        'What is made where the backend set is missing. `true` is a set whose backends are checked by TCP, and a listener of its name and the port of the app.',
      otherwise: 'a deploy is refused where the backend set is missing',
    }),
});

export type FilePlace = z.output<typeof placeSchema>;
export type FileNewSet = z.output<typeof newSetSchema>;
