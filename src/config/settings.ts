import { resolve } from 'node:path';
import type { App } from '../core/deploy/app.ts';
import type { Rule } from '../core/policy.ts';
import type { Environment } from './environment.ts';
import { present } from './rules/rules.ts';
import type { Schedules } from './schedules/schedules.ts';
import type { File } from './schema.ts';
import type { Secret } from './secret.ts';

/** Everything that can be set, from the file and the environment together. Durations in milliseconds. */
export interface Settings {
  /** The configuration file that was read. */
  readonly file: string;
  readonly slack: {
    /** Absent where no Slack front end is wanted, as in the terminal. */
    readonly connection?: SlackConnection;
    readonly apiUrl?: string;
    readonly team?: string;
    readonly announce?: string;
    readonly allowGuests: boolean;
    readonly allowOtherWorkspaces: readonly string[];
  };
  readonly oci: {
    readonly auth: File['oci']['auth'];
    readonly configFile?: string;
    readonly profile?: string;
    readonly region?: string;
    /** A template with `{region}` and `{service}`. */
    readonly endpoint?: string;
    readonly regions?: readonly string[];
    readonly compartments?: readonly string[];
  };
  readonly rules: readonly Rule[];
  readonly schedules: Schedules;
  /** In the order of the file. */
  readonly apps: readonly App[];
  /** Through which gates of deploys probe URLs. */
  readonly probeProxy?: string;
  readonly breakGlass?: { readonly who: readonly string[]; readonly announce: string };
  readonly approvals: { readonly reminders: boolean };
  readonly operations: { readonly concurrency: number; readonly deadlines: File['operations']['deadlines'] };
  readonly retention: File['retention'];
  readonly http: { readonly host: string; readonly port: number };
  readonly log: { readonly level: string };
  readonly store: { readonly folder: string; readonly database?: Secret };
}

export type SlackConnection =
  | { readonly mode: 'socket'; readonly botToken: Secret; readonly appToken: Secret }
  | { readonly mode: 'http'; readonly botToken: Secret; readonly signingSecret: Secret };

/** Where the environment and the file set the same thing, the environment goes before. */
export function settingsOf(from: {
  readonly path: string;
  readonly cwd: string;
  readonly file: File;
  readonly rules: readonly Rule[];
  readonly schedules: Schedules;
  readonly apps: readonly App[];
  readonly environment: Environment;
  readonly connection: SlackConnection | undefined;
}): Settings {
  const { file, environment, connection } = from;
  const { mode: _mode, allowGuests, allowOtherWorkspaces, team, announce } = file.slack;
  const { auth, profile, regions, compartments } = file.oci;
  return {
    file: from.path,
    slack: {
      allowGuests,
      allowOtherWorkspaces,
      ...present({ connection, apiUrl: environment.slackApiUrl, team, announce }),
    },
    oci: {
      auth,
      ...present({
        configFile: environment.ociConfigFile,
        profile: environment.ociProfile ?? profile,
        region: environment.ociRegion,
        endpoint: environment.ociEndpoint,
        regions,
        compartments,
      }),
    },
    rules: from.rules,
    schedules: from.schedules,
    apps: from.apps,
    ...present({ probeProxy: environment.probeProxy }),
    ...(file.breakGlass
      ? { breakGlass: { ...file.breakGlass, announce: file.breakGlass.announce ?? announce ?? '' } }
      : {}),
    approvals: { reminders: file.approvals.reminders },
    operations: file.operations,
    retention: file.retention,
    http: { host: file.http.host, port: environment.port ?? file.http.port },
    log: { level: environment.logLevel ?? file.log.level },
    store: {
      folder: resolve(from.cwd, environment.storeFolder ?? '.lamplighter/store'),
      ...present({ database: environment.databaseUrl }),
    },
  };
}
