import { z } from 'zod';
import { appsSchema } from './apps/schema.ts';
import { abouts, choice, duration, section, several, text, whole, yesOrNo } from './reading/fields.ts';
import { approver, channel, compartment, region, team } from './reading/ids.ts';
import { isLendable, shown } from './reading/interpolate.ts';
import { rulesSchema } from './rules/schema.ts';
import { calendarsSchema, policiesSchema, ratesSchema, schedulesSchema } from './schedules/schema.ts';

/** `lamplighter.yml` as it is written. What it means is made of it in rules.ts and settings.ts. */

const slack = section({
  mode: choice(['socket', 'http']).prefault('socket').register(abouts, {
    means:
      'How Slack reaches the bot: `socket` opens a connection from inside (needs SLACK_APP_TOKEN), `http` listens for signed requests (needs SLACK_SIGNING_SECRET).',
    example: 'socket',
  }),
  team: team.optional().register(abouts, {
    means: 'The workspace that the bot serves.',
    example: 'T012AB3CD',
    otherwise: 'the workspace of the bot token',
  }),
  announce: channel
    .optional()
    .register(abouts, { means: 'Where news for everyone go, such as a broken glass.', example: 'C012AB3CD' }),
  allowGuests: yesOrNo().prefault(false).register(abouts, {
    means: 'Whether guests of the workspace may be given rights by rules.',
    example: 'false',
  }),
  allowOtherWorkspaces: z.array(team, { error: 'a list of workspace ids' }).prefault([]).register(abouts, {
    means: 'Workspaces (Slack Connect) whose people may be given rights by rules.',
    example: '[T098ZY7XW]',
  }),
});

const oci = section({
  auth: choice(['config', 'resource-principal', 'instance-principal', 'workload-identity'])
    .prefault('config')
    .register(abouts, {
      means: 'Who the bot is to OCI: a profile of an OCI config file, or the resource it runs on.',
      example: 'resource-principal',
    }),
  profile: text('the name of a profile in the OCI config file').optional().register(abouts, {
    means: 'The profile of the OCI config file; OCI_CONFIG_PROFILE goes before it.',
    example: 'LAMPLIGHTER',
    otherwise: '`DEFAULT`',
  }),
  regions: several(region, 'a list of region names').optional().register(abouts, {
    means: 'The regions that the bot looks at.',
    example: '[eu-frankfurt-1, eu-zurich-1]',
    otherwise: 'all that the tenancy is subscribed to',
  }),
  compartments: several(compartment, 'a list of compartment paths').optional().register(abouts, {
    means: 'The compartments that the bot looks at, with everything below them.',
    example: '[shop, data/warehouse]',
    otherwise: 'the whole tenancy',
  }),
});

const deadlines = section({
  start: duration('1m', '1d').prefault('15m').register(abouts, { means: 'For a start.', example: '15m' }),
  stop: duration('1m', '1d').prefault('20m').register(abouts, { means: 'For a stop.', example: '20m' }),
  restart: duration('1m', '1d').prefault('20m').register(abouts, { means: 'For a restart.', example: '20m' }),
  scale: duration('1m', '1d')
    .prefault('30m')
    .register(abouts, { means: 'For a change of size.', example: '30m' }),
});

export const fileSchema = section({
  version: z
    .literal(1, { error: '1, the only version of this file there is' })
    .register(abouts, { means: 'The version of this file’s format.', example: '1' }),
  slack: slack.prefault({}).register(abouts, { means: 'The workspace.' }),
  oci: oci.prefault({}).register(abouts, { means: 'The tenancy.' }),
  rules: rulesSchema.register(abouts, {
    means:
      'Who may do what. The first rule that matches decides; where none does, the answer is no. A plan with several targets is decided target by target, and the strictest decision holds for all.',
  }),
  policies: policiesSchema.optional().register(abouts, {
    means:
      'What is on when: each policy by its name. More of them may stand in `policies/*.yml` beside this file. A schedule does nothing that no rule lets `schedule` or `schedule:<name>` do.',
  }),
  calendars: calendarsSchema.optional().register(abouts, {
    means:
      'Days that differ from their weekday, by names that policies follow. Each is one of `closed`, `open`, `freeze` and `file`.',
  }),
  schedules: schedulesSchema.prefault({}).register(abouts, {
    means: 'What holds for every policy that does not say otherwise.',
  }),
  rates: ratesSchema.optional().register(abouts, {
    means: 'Prices, for reports to estimate what was saved.',
    otherwise: 'reports say nothing of money',
  }),
  apps: appsSchema.optional().register(abouts, {
    means:
      'Services that container instances make up, each by its name: what their instances are made of, and how a new version takes the place of the old one.',
  }),
  interpolate: several(
    text('the name of a variable, or how names begin, such as SHOP_*', isLendable),
    'a list of names of variables',
  )
    .optional()
    .register(abouts, {
      means: `Variables of the bot’s environment that apps may take as \`${shown('NAME')}\`; a \`*\` at the end is any end. All others stay with the bot. What the bot, its libraries or Node read themselves, tokens first, cannot be listed.`,
      example: '[SHOP_*, BUILD_NUMBER]',
      otherwise: 'no variable reaches a container',
    }),
  breakGlass: section({
    who: several(approver, 'a list of member ids and user group ids').register(abouts, {
      means: 'Who may run a waiting plan without its approvals, by typing a reason.',
      example: '[S012AB3CD]',
    }),
    announce: channel.optional().register(abouts, {
      means: 'The channel in which that is announced.',
      example: 'C012AB3CD',
      otherwise: '`slack.announce`',
    }),
  })
    .optional()
    .register(abouts, {
      means: 'The way around approvals in an emergency.',
      otherwise: 'nobody can break the glass',
    }),
  approvals: section({
    reminders: yesOrNo()
      .prefault(true)
      .register(abouts, { means: 'Whether approvers are reminded of what waits for them.', example: 'true' }),
    within: duration('1m', '7d')
      .prefault('1h')
      .register(abouts, { means: 'How long approvers have where a rule does not say.', example: '1h' }),
  })
    .prefault({})
    .register(abouts, { means: 'How approvals are asked for.' }),
  operations: section({
    concurrency: whole(1, 100).prefault(8).register(abouts, {
      means: 'How many acts of one kind in one region are sent to OCI at once, at most.',
      example: '8',
    }),
    deadlines: deadlines
      .prefault({})
      .register(abouts, { means: 'How long one step may take before it has failed.' }),
  })
    .prefault({})
    .register(abouts, { means: 'How plans are run.' }),
  retention: section({
    deliveries: duration('1h', '365d')
      .prefault('7d')
      .register(abouts, { means: 'What Slack delivered (to tell repeated deliveries).', example: '7d' }),
    messages: duration('1h', '3650d')
      .prefault('30d')
      .register(abouts, { means: 'Messages that were posted, after their last edit.', example: '30d' }),
    operations: duration('1h', '3650d')
      .prefault('365d')
      .register(abouts, { means: 'Operations, after they ended.', example: '365d' }),
  })
    .prefault({})
    .register(abouts, {
      means: 'How long the store keeps what it no longer needs. The audit is kept for ever.',
    }),
  http: section({
    host: text('an address to listen on, such as 127.0.0.1 or 0.0.0.0', /^[\w.:-]+$/)
      .prefault('127.0.0.1')
      .register(abouts, {
        means:
          'The address that health, metrics and (in http mode) Slack’s requests are served on; `0.0.0.0` in a container.',
        example: '0.0.0.0',
      }),
    port: whole(0, 65535)
      .prefault(3000)
      .register(abouts, { means: 'Its port, 0 for any free one; PORT goes before it.', example: '3000' }),
  })
    .prefault({})
    .register(abouts, { means: 'The HTTP server.' }),
  log: section({
    level: choice(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
      .prefault('info')
      .register(abouts, {
        means: 'The least important lines that are written; LOG_LEVEL goes before it.',
        example: 'info',
      }),
  })
    .prefault({})
    .register(abouts, { means: 'The log, JSON lines on standard error.' }),
});

export type File = z.output<typeof fileSchema>;
