import { z } from 'zod';
import { abouts, choice, duration, oneOrMore, section, text, whole, yesOrNo } from '../reading/fields.ts';
import { channel, policyName, zone } from '../reading/ids.ts';

/** Policies and what belongs to them, as they are written in `lamplighter.yml` and in `policies/*.yml`. */

const selectors = (expected: string) => oneOrMore(text('a selector such as app=shop env=dev'), expected);

const days = z
  .array(
    z.union([text('a day'), z.record(z.string(), z.string())], {
      error: 'a day such as 2026-12-25 Christmas, 2026-12-24..2027-01-02 or 12-25 for every year',
    }),
    { error: 'a list of days such as 2026-12-25 Christmas, 2026-12-24..2027-01-02 or 12-25 for every year' },
  )
  .min(1, { error: 'a list of days, at least one' });

export const calendarSchema = section({
  closed: days.optional().register(abouts, {
    means: 'Days on which nothing is to run: what a timetable wants up stays down.',
    example: '[12-25 Christmas, "2026-04-27..2026-04-28 a long weekend"]',
  }),
  open: days.optional().register(abouts, {
    means: 'Days that count as working days, whichever weekday they are.',
    example: '[2026-11-28 Black Friday weekend]',
  }),
  freeze: days.optional().register(abouts, {
    means: 'Days on which schedules do nothing: what is up stays up, what is down stays down.',
    example: '[2026-12-30..2027-01-02 the books are closed]',
  }),
  file: text('the path of an .ics file', /^.+\.ics$/i)
    .optional()
    .register(abouts, {
      means:
        'An .ics file with the days, relative to the file that names it: events of whole days, of several days, and those that come back.',
      example: 'holidays.ics',
    }),
  mode: choice(['closed', 'open', 'freeze']).optional().register(abouts, {
    means: 'What the days of `file` are.',
    example: 'freeze',
    otherwise: '`closed`',
  }),
});

/** A group is `{name: selector}` or `{name, what, how}`; groups.ts tells them apart. */
const groups = z
  .array(
    z.record(z.string(), selectors('a selector or a list of selectors'), {
      error: 'a group: {database: kind:adb}, or {name: database, what: kind:adb, how: stop}',
    }),
    { error: 'a list of groups such as {database: kind:adb}' },
  )
  .min(1, { error: 'a list of groups such as {database: kind:adb}, at least one' });

export const policySchema = section({
  what: selectors('a selector such as app=shop env=dev, or a list of them').register(abouts, {
    means:
      'What the policy is about, as it would be typed in Slack. Of a list, a resource has to match one. Everything is refused, unless the policy protects it.',
    example: 'app=shop env=dev',
  }),
  except: selectors('a selector or a list of selectors').optional().register(abouts, {
    means: 'What of that is left out.',
    example: '[tier=cache, web-1]',
  }),
  groups: groups.optional().register(abouts, {
    means:
      'What comes up before what, each verified before the next; down goes the reverse way. A resource belongs to the first group that matches; what matches none comes up last.',
    example: '[{database: "kind:adb"}, {app: tier=api}, {edge: tier=web}]',
    otherwise: 'all at once',
  }),
  when: oneOrMore(
    text('a time such as Mon-Fri 07:30-20:00 Europe/Amsterdam'),
    'a time such as Mon-Fri 07:30-20:00 Europe/Amsterdam, or a list of them',
  )
    .optional()
    .register(abouts, {
      means:
        'When it is to be up: windows, `start 07:00`, `stop 20:00`, cron expressions, `always` or `never`. The zone stands here or as the `zone` of the file.',
      example: 'Mon-Fri 07:30-20:00 Europe/Amsterdam',
      otherwise: 'refused, unless `protect` is set',
    }),
  calendars: z
    .array(text('the name of a calendar'), { error: 'a list of names of calendars' })
    .optional()
    .register(abouts, { means: 'The calendars that it follows.', example: '[holidays]' }),
  how: text('stop, stop hard, scale to <size> or pause', /^(stop( hard)?|pause|scale to \S+)$/)
    .optional()
    .register(abouts, {
      means:
        'What being down is: `stop`, `stop hard` (the power is cut), `scale to 1`, or `pause`, which is the word for node pools of size 0 and means stop.',
      example: 'scale to 1',
      otherwise: '`stop`',
    }),
  enforced: yesOrNo().prefault(false).register(abouts, {
    means:
      'Whether what somebody starts or stops by hand is put right at once. Otherwise it is respected until the timetable changes next.',
    example: 'true',
  }),
  protect: yesOrNo().prefault(false).register(abouts, {
    means: 'Never stop this, whatever other policies of the same resource say. It has no `when`.',
    example: 'true',
  }),
  warn: duration('0m', '12h').optional().register(abouts, {
    means: 'How long before a stop the channel is warned; `0m` for no warning.',
    example: '30m',
    otherwise: '`schedules.warn`',
  }),
  atMost: whole(1, 10000).optional().register(abouts, {
    means: 'More resources than this in one go, and a person is asked.',
    example: '20',
    otherwise: '`schedules.atMost`',
  }),
  longestKeep: duration('5m', '31d').optional().register(abouts, {
    means: 'The longest that one `keep` may hold.',
    example: '6h',
    otherwise: '`schedules.longestKeep`',
  }),
  settleIn: duration('0m', '31d').optional().register(abouts, {
    means: 'How long new resources are left alone.',
    example: '1h',
    otherwise: '`schedules.settleIn`',
  }),
  early: duration('0m', '3h').optional().register(abouts, {
    means:
      'How long before a window begins its resources are started, so that they are up when it does. What is written as `start 07:00` begins at 07:00.',
    example: '20m',
    otherwise: '`schedules.early`',
  }),
  channel: channel.optional().register(abouts, {
    means: 'Where its warnings and reports go.',
    example: 'C012AB3CD',
    otherwise: 'the `channel` of the file, or `slack.announce`',
  }),
});

export const policiesSchema = z.record(z.string(), policySchema, {
  error: 'a mapping of names to policies',
});

export const calendarsSchema = z.record(z.string(), calendarSchema, {
  error: 'a mapping of names to calendars',
});

export const schedulesSchema = section({
  zone: zone.optional().register(abouts, {
    means:
      'The zone of every time that names none, here, in files of policies that have no zone, and in `Lamplighter.Schedule` tags. The tags of OCI-AutoScale are in the zone of the region.',
    example: 'Europe/Amsterdam',
    otherwise: 'each `when` has to name its own, and tags are in the zone of the region',
  }),
  warn: duration('0m', '12h').prefault('15m').register(abouts, {
    means: 'How long before a stop the channel is warned.',
    example: '15m',
  }),
  atMost: whole(1, 10000).prefault(50).register(abouts, {
    means: 'More resources than this in one go, and a person is asked.',
    example: '50',
  }),
  longestKeep: duration('5m', '31d').prefault('16h').register(abouts, {
    means: 'The longest that one `keep` may hold. Less than a night shortens what Skip tonight does.',
    example: '16h',
  }),
  settleIn: duration('0m', '31d').prefault('15m').register(abouts, {
    means: 'How long new resources are left alone.',
    example: '15m',
  }),
  early: duration('0m', '3h').prefault('10m').register(abouts, {
    means: 'How long before a window begins its resources are started, so that they are up when it does.',
    example: '10m',
  }),
  tags: yesOrNo().prefault(false).register(abouts, {
    means:
      'Whether `Lamplighter.Schedule` tags and the `Schedule` tags of OCI-AutoScale are followed. Whoever may set tags then sets hours; what they may bring about is still for rules to say.',
    example: 'true',
  }),
  tagPolicy: policyName.prefault('tags').register(abouts, {
    means: 'The name under which these go: rules know it as `schedule:tags`.',
    example: 'tags',
  }),
  tagChannel: channel.optional().register(abouts, {
    means: 'Where their warnings and reports go.',
    example: 'C012AB3CD',
    otherwise: '`slack.announce`',
  }),
});

const price = z.number({ error: 'a price, a number from 0' }).min(0, { error: 'a price, a number from 0' });

export const ratesSchema = section({
  currency: text('a currency of three letters such as EUR', /^[A-Z]{3}$/).register(abouts, {
    means: 'The currency of the rates, and of what reports call saved.',
    example: 'EUR',
  }),
  perHour: z
    .record(
      z.string(),
      z.record(z.string(), price, { error: 'a mapping of units to prices, such as {ocpu: 0.03}' }),
      { error: 'a mapping of kinds to prices, such as {instance: {ocpu: 0.03, memoryGb: 0.0015}}' },
    )
    .prefault({})
    .register(abouts, {
      means: 'For each kind the price of one hour of each unit that it is billed by.',
      example: '{instance: {ocpu: 0.03, memoryGb: 0.0015}, autonomous-database: {ecpu: 0.32}}',
    }),
  usageApi: yesOrNo().prefault(false).register(abouts, {
    means: 'Whether OCI’s Usage API goes before these rates, where the bot may read it.',
    example: 'true',
  }),
});

/** What stands beside `policies` and `calendars` in a file of the folder `policies`. */
export const ownersSchema = section({
  team: text('the name of the team that owns these policies').register(abouts, {
    means: 'The team that owns the policies of this file.',
    example: 'shop',
  }),
  channel: channel.optional().register(abouts, {
    means: 'Where the warnings and reports of its policies go.',
    example: 'C012AB3CD',
    otherwise: '`slack.announce`',
  }),
  zone: zone.optional().register(abouts, {
    means: 'The zone of every time in this file that names none.',
    example: 'Europe/Amsterdam',
    otherwise: '`schedules.zone`',
  }),
});

export const policiesFileSchema = section({
  ...ownersSchema.shape,
  policies: policiesSchema.register(abouts, { means: 'The policies of the team, by their names.' }),
  calendars: calendarsSchema.optional().register(abouts, { means: 'Calendars, by their names.' }),
});

export type FilePolicy = z.output<typeof policySchema>;
export type FileCalendar = z.output<typeof calendarSchema>;
export type FileSchedules = z.output<typeof schedulesSchema>;
export type FileRates = z.output<typeof ratesSchema>;
export type FileOwners = z.output<typeof ownersSchema>;
