import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Check, NamedCommand } from '../command.ts';
import { checkFileWith } from '../config/check-file.ts';
import type { Settings } from '../config/settings.ts';
import { isOutOfSight } from '../core/actor.ts';
import type { Clock } from '../core/clock.ts';
import { needsOf } from '../core/deploy/needs.ts';
import { newsOf } from '../core/deploy/news.ts';
import { describe } from '../core/describe.ts';
import type { Address } from '../core/letter.ts';
import { tagSchedules } from '../core/schedule/tags/reader.ts';
import type { Desk, People } from '../desk.ts';
import { createChoices } from '../engine/choices.ts';
import { createEngine } from '../engine/engine.ts';
import { createHolds } from '../engine/holds.ts';
import { createInbox, type Inbox } from '../engine/mail/inbox.ts';
import { createOutbox } from '../engine/mail/outbox.ts';
import { createReleases } from '../engine/releases.ts';
import type { Addressed } from '../engine/room.ts';
import { createKeeps } from '../engine/schedules/keeps.ts';
import { createLedger, type Ledger } from '../engine/schedules/ledger.ts';
import { storeCheck } from '../engine/store/check.ts';
import { openStore, type Store } from '../engine/store/store.ts';
import { createLights, type LightsService } from '../lights/service.ts';
import { loadCommands } from '../line/registry.ts';
import type { Log } from '../log.ts';
import { createMetrics } from '../metrics.ts';
import { type Cloud, createCloud } from '../oci/cloud.ts';
import { packageRoot } from '../root.ts';
import { cloudChecks } from './checks.ts';

/** The bot without a front end: what Slack and the terminal both stand on. */
export interface Works {
  readonly desk: Desk;
  readonly cloud: Cloud;
  readonly store: Store;
  readonly inbox: Inbox;
  readonly ledger: Ledger;
  /** Acts by itself once it is started. */
  readonly lights: LightsService;
  close(): Promise<void>;
}

/** What a front end adds to the works once it is there. */
export interface FrontEnd {
  readonly people: People;
  readonly checks: () => readonly Check[];
  readonly ready: () => boolean;
}

/** commands/ beside this program, compiled or not. */
export function commandsHere(): Promise<readonly NamedCommand[]> {
  return loadCommands(join(packageRoot, import.meta.url.endsWith('.ts') ? 'commands' : 'dist/commands'));
}

/** Opens the store and builds everything between it and the front end. Throws a Refusal when it cannot. */
export async function wire(options: {
  readonly settings: Settings;
  readonly commands: readonly NamedCommand[];
  readonly clock: Clock;
  readonly log: Log;
  readonly frontEnd: FrontEnd;
}): Promise<Works> {
  const { settings, commands, clock, log, frontEnd } = options;
  const store = await openStore({
    folder: settings.store.folder,
    ...(settings.store.database ? { url: settings.store.database.reveal() } : {}),
  });
  const outbox = createOutbox({ store, describe });
  const metrics = createMetrics({
    operations: () => engine.counts(),
    unsent: () => outbox.unsent(),
    ready: frontEnd.ready,
  });
  const cloud = createCloud({
    ...cloudOptions(settings),
    clock,
    log,
    onCall: ({ operation, region, status, seconds }) => {
      metrics.cloudCalls.inc({ operation, region, status: String(status) });
      metrics.cloudSeconds.observe({ operation }, seconds);
    },
  });
  const keeps = createKeeps({ store, clock });
  const engine = createEngine({
    store,
    verbs: { ...cloud.verbs, ...keeps.verbs },
    read: (target) => cloud.reader.read(target),
    glance: cloud.glance,
    clock,
    log,
    node: `${hostname()}:${process.pid}`,
    addressOf: (operation) => addressOf(operation, settings.slack.announce),
    tells: (operation, news, own) => {
      const app = settings.apps.find(({ name }) => name === operation.plan.release?.app);
      return newsOf(operation, news, { channel: app?.channel, own });
    },
    logs: (target, options) => cloud.reader.logs(target, options),
    options: { concurrency: settings.operations.concurrency, reminders: settings.approvals.reminders },
  });
  const choices = createChoices({ store, clock });
  const ledger = createLedger({ store, clock });
  const releases = createReleases(store);
  const holds = createHolds({ store, clock });
  const lights = createLights(
    {
      ...scheduled(settings),
      cloud: cloud.reader,
      engine,
      ledger,
      choices,
      post: (letter) => outbox.put(letter),
      clock,
      log,
      onLook: (outcome) => {
        metrics.looks.inc({ outcome });
        if (outcome === 'done') metrics.lastLook.set(clock.now() / 1000);
      },
    },
    keeps,
  );
  const desk: Desk = {
    commands,
    cloud: cloud.reader,
    engine,
    outbox,
    choices,
    lights,
    deploys: { apps: settings.apps, releases: releases.of, holds: () => holds.all() },
    holds,
    rules: settings.rules,
    breakGlass: settings.breakGlass,
    deadlines: settings.operations.deadlines,
    announce: settings.slack.announce,
    people: frontEnd.people,
    checks: () => [...cloudChecks(cloud.reader), storeCheck(store), ...frontEnd.checks()],
    checkFile: checkFileWith(settings, () => clock.now()),
    clock,
    metrics,
    log,
  };
  return {
    desk,
    cloud,
    store,
    inbox: createInbox({ store, clock }),
    ledger,
    lights,
    close: async () => {
      cloud.close();
      await store.close();
    },
  };
}

/** What the configuration says of schedules. */
function scheduled(
  settings: Settings,
): Pick<
  Parameters<typeof createLights>[0],
  'policies' | 'tags' | 'zone' | 'rates' | 'rules' | 'ask' | 'deadlines'
> {
  const { policies, rates, tags, defaults } = settings.schedules;
  const { rules, breakGlass } = settings;
  return {
    policies,
    rules,
    deadlines: settings.operations.deadlines,
    ...(tags.followed ? { tags: tagSchedules(tags, defaults) } : {}),
    ...(defaults.zone === undefined ? {} : { zone: defaults.zone }),
    ...(rates ? { rates } : {}),
    ...(breakGlass
      ? { ask: { from: breakGlass.who, count: 1, within: longestQuestion, requesterMayApprove: false } }
      : {}),
  };
}

/** How long a schedule that would do more than it may waits for a person, in milliseconds. */
const longestQuestion = 2 * 3_600_000;

/**
 * Where an operation's message stands: where it was asked or, when others must approve what was asked
 * out of their sight, in the channel for announcements. What a schedule does unasked is told in its report.
 */
function addressOf({ actor, origin, asked }: Addressed, announce: string | undefined): Address | undefined {
  if (actor.kind === 'schedule' && !asked) return undefined;
  if (announce && asked && isOutOfSight(origin)) return { kind: 'channel', channel: announce };
  if (origin.kind === 'terminal') return undefined;
  const { channel, thread } = origin;
  const user = actor.kind === 'slack' ? { user: actor.user } : {};
  return { kind: 'channel', channel, ...user, ...(thread ? { thread } : {}) };
}

function cloudOptions({
  oci,
  apps,
  probeProxy,
}: Settings): Omit<Parameters<typeof createCloud>[0], 'clock' | 'log'> {
  const { auth, configFile, profile, region, endpoint, regions, compartments } = oci;
  const deploys = needsOf(apps);
  return {
    auth: {
      type: auth,
      ...(configFile ? { file: configFile } : {}),
      ...(profile ? { profile } : {}),
    },
    ...(region ? { region } : {}),
    ...(endpoint ? { endpoint } : {}),
    ...(regions ? { regions } : {}),
    ...(compartments ? { compartments } : {}),
    ...(probeProxy ? { probeProxy } : {}),
    ...(deploys ? { deploys } : {}),
  };
}
