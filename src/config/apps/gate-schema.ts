import { z } from 'zod';
import { abouts, duration, either, section, several, text, whole, yesOrNo } from '../reading/fields.ts';
import { approver } from '../reading/ids.ts';
import { plainName, threshold } from './fields.ts';

/** What decides whether a deploy goes on, as it is written. */

const kinds = ['metric', 'http', 'health', 'person'] as const;
const always = { when: () => true };

const anyone = { as: z.array(z.string()), value: [] };
const people = several(approver, 'a list of member ids and user group ids');

export const gateSchema = section({
  name: plainName().register(abouts, { means: 'Its name, unique in the app.', example: 'errors' }),
  metric: text('a query of OCI Monitoring such as HttpResponses5xx[1m].sum()').optional().register(abouts, {
    means:
      'A query of OCI Monitoring. No data is neither a pass nor a failure: a person is asked. `{app}`, `{version}`, `{tag}` and `{region}` are filled in.',
    example: '\'HttpResponses5xx[1m]{backendSetName = "api"}.sum()\'',
  }),
  namespace: text('a namespace of OCI Monitoring such as oci_lbaas', /^[a-z][a-z0-9_]*$/)
    .optional()
    .register(abouts, { means: 'With `metric`: its namespace.', example: 'oci_lbaas' }),
  pass: threshold.optional().register(abouts, { means: 'With `metric`: what passes.', example: '"< 1"' }),
  fail: threshold.optional().register(abouts, {
    means: 'With `metric`: what is a failure. Between the two nobody can tell, and a person is asked.',
    example: '">= 5"',
    otherwise: 'whatever does not pass',
  }),
  http: text('an address such as http://198.51.100.7/healthz', /^https?:\/\/[^\s/]\S*$/)
    .optional()
    .register(abouts, {
      means:
        'An address that has to answer. `{ip}` is each new instance’s own; `{app}`, `{version}`, `{tag}` and `{region}` are filled in too.',
      example: 'http://{ip}:8080/healthz',
    }),
  code: whole(100, 599).optional().register(abouts, {
    means: 'With `http`: the status that passes.',
    example: '204',
    otherwise: '`200`',
  }),
  timeout: duration('1s', '1m').optional().register(abouts, {
    means: 'With `http`: how long an answer may take.',
    example: '5s',
    otherwise: '`5s`',
  }),
  health: z.literal(true, { error: 'true, or left out' }).optional().register(abouts, {
    means: 'Whether load balancers say OK of every new backend.',
    example: 'true',
  }),
  person: either<readonly string[]>(people, 'a list of member ids and user group ids, or true', (value) =>
    value === true ? anyone : Array.isArray(value) ? { as: people, value } : undefined,
  )
    .optional()
    .register(abouts, {
      means: 'Who has to press Promote; `true` is whoever may deploy the app.',
      example: '[S012AB3CD]',
    }),
  every: duration('1s', '1h').optional().register(abouts, {
    means: 'How often it is looked at.',
    example: '1m',
    otherwise: '`1m` for a metric, or `10s`',
  }),
  delay: duration('0s', '1d').optional().register(abouts, {
    means:
      'How long after a step it is looked at for the first time. OCI Monitoring needs some minutes until it has a value.',
    example: '3m',
    otherwise: '`3m` for a metric, or `0s`',
  }),
  failures: whole(0, 100).prefault(0).register(abouts, {
    means: 'So many failures are forgiven; the next one ends the deploy.',
    example: '1',
  }),
  observeOnly: yesOrNo()
    .prefault(false)
    .register(abouts, { means: 'Whether it is only told of and decides nothing.', example: 'true' }),
}).refine((gate) => kinds.filter((kind) => Object.hasOwn(Object(gate), kind)).length === 1, {
  error: 'given exactly one of metric, http, health or person',
  ...always,
});

export type FileGate = z.output<typeof gateSchema>;
