import { z } from 'zod';
import { kinds } from '../../core/target.ts';
import { abouts, choice, duration, section, several, text, whole, yesOrNo } from '../reading/fields.ts';
import { approver, command, compartments, person, place, region, values } from '../reading/ids.ts';

/** One rule as it is written in `lamplighter.yml`. */

const where = section({
  channels: several(place, 'a list of channel ids').optional().register(abouts, {
    means: 'Only in these channels; `terminal` is the command line.',
    example: '[C012AB3CD]',
  }),
  tags: z
    .record(z.string(), values, { error: 'a mapping of tag keys to values, such as {env: dev}' })
    .optional()
    .register(abouts, {
      means:
        'Only targets that carry all of these tags. Several values widen, `*` stands for any. A defined tag is written `Namespace.Key`.',
      example: '{env: [dev, test], team: "*"}',
    }),
  compartments: several(compartments, 'a list of compartment paths').optional().register(abouts, {
    means:
      'Only targets in these compartments. As in OCI’s policies `shop` includes what is below it; `shop/*` is only what is below it.',
    example: '[shop/dev]',
  }),
  regions: several(region, 'a list of region names')
    .optional()
    .register(abouts, { means: 'Only targets in these regions.', example: '[eu-frankfurt-1]' }),
  kinds: several(choice(Object.keys(kinds) as [string, ...string[]]), 'a list of kinds')
    .optional()
    .register(abouts, { means: 'Only targets of these kinds.', example: '[instance]' }),
  atMost: whole(1, 1000)
    .optional()
    .register(abouts, { means: 'Only plans with at most so many targets.', example: '5' }),
});

const ask = section({
  from: several(approver, 'a list of those who may approve').register(abouts, {
    means: 'Who may approve: member ids, user group ids or `terminal`.',
    example: '[S012AB3CD]',
  }),
  count: whole(1, 10)
    .prefault(1)
    .register(abouts, { means: 'How many different people must approve.', example: '2' }),
  within: duration('1m', '7d').optional().register(abouts, {
    means: 'How long they have before the request expires.',
    example: '1h',
    otherwise: '`approvals.within`',
  }),
  requesterMayApprove: yesOrNo()
    .prefault(false)
    .register(abouts, { means: 'Whether the person who asked may be one of them.', example: 'false' }),
});

const effects = ['allow', 'deny', 'ask'] as const;
const always = { when: () => true };

export const ruleSchema = section({
  name: text('a name for the rule, unique in the file; it is shown when the rule decides').register(abouts, {
    means: 'Shown wherever the rule decides: on refusals, in `policy explain`, in the audit.',
    example: 'engineers tend dev',
  }),
  who: several(
    person,
    'a list of whom the rule is for: member ids (U…), user group ids (S…), terminal; anyone has to be written out',
  ).register(abouts, {
    means:
      'Whom the rule is for. `anyone` has to be written out. `schedule` is every policy, `schedule:<name>` one of them: a schedule has only the rights that a rule gives it so. With `allow` and `ask`, `anyone` is people and never a schedule; with `deny` it is schedules too.',
    example: '[S012AB3CD, U012AB3CD]',
  }),
  commands: several(
    command,
    'a list of command names, queries, changes or controls; "*" for all has to be written out',
  ).register(abouts, {
    means:
      'Which commands: names, `schedule` for all that begin with it, `queries` (all that only look), `changes` (all that change the cloud), `controls` (all that act on operations) or `"*"`. With `ask` only changes are meant; with conditions on targets only commands that take targets.',
    example: '[start, stop, restart]',
  }),
  where: where
    .optional()
    .register(abouts, { means: 'Conditions on the channel and the targets; all must hold.' }),
  arguments: z
    .record(z.string(), values, {
      error: 'a mapping of flag or argument names to values, such as {force: "true"}',
    })
    .optional()
    .register(abouts, {
      means:
        'Conditions on flags and arguments; each must be given with one of the values, `*` stands for any.',
      example: '{force: "true"}',
    }),
  allow: z
    .literal(true, { error: 'true, or left out' })
    .optional()
    .register(abouts, { means: 'The command runs at once.', example: 'true' }),
  deny: z
    .literal(true, { error: 'true, or left out' })
    .optional()
    .register(abouts, { means: 'The command is refused, whatever later rules say.', example: 'true' }),
  because: text('a sentence').optional().register(abouts, {
    means: 'With `deny`: the reason, as the person is told it.',
    example: 'Databases of prod stay up.',
  }),
  ask: ask.optional().register(abouts, { means: 'The command waits until others have approved its plan.' }),
})
  .refine((rule) => effects.filter((effect) => Object.hasOwn(Object(rule), effect)).length === 1, {
    error: 'given exactly one of allow: true, deny: true or ask: {…}',
    ...always,
  })
  .refine((rule) => !Object.hasOwn(Object(rule), 'because') || Object.hasOwn(Object(rule), 'deny'), {
    error: 'left out: only a deny is given a reason',
    path: ['because'],
    ...always,
  });

export const rulesSchema = z
  .array(ruleSchema, {
    error: 'a list of rules; without one nobody may do anything. Begin with lamplighter.example.yml',
  })
  .min(1, {
    error:
      'a list of at least one rule; without one nobody may do anything. Begin with lamplighter.example.yml',
  });

export type FileRule = z.output<typeof ruleSchema>;
