import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type DataFolder, profile } from './data.ts';
import type { OciSandbox } from './oci/server.ts';
import type { SlackSandbox } from './slack/server.ts';

/**
 * What the bot inherits of the person's environment. The rest stays out: their own tokens, OCI
 * settings, DATABASE_URL or a proxy would lead it away from the sandbox.
 */
const inherited = ['PATH', 'HOME', 'TMPDIR', 'TZ', 'LANG', 'LC_ALL', 'SYSTEMROOT', 'NODE_ENV', 'LOG_LEVEL'];

/** The environment that points the bot at the sandbox: the same variables that point it anywhere else. */
export function botEnvironment(of: {
  slack: SlackSandbox;
  oci: OciSandbox;
  data: DataFolder;
  config: string;
  database: string | undefined;
  port: number;
}): NodeJS.ProcessEnv {
  const { slack, oci, data } = of;
  return {
    ...Object.fromEntries(inherited.map((name) => [name, process.env[name]])),
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    OCI_ENDPOINT: oci.endpoint,
    OCI_CONFIG_FILE: data.ociConfig,
    OCI_CONFIG_PROFILE: profile,
    LAMPLIGHTER_PROBE_PROXY: oci.traffic?.proxy,
    LAMPLIGHTER_CONFIG: of.config,
    LAMPLIGHTER_STORE: data.store,
    PORT: String(of.port),
    ...(of.database ? { DATABASE_URL: of.database } : {}),
  };
}

/** Whether that configuration has the bot wait for Slack's HTTP requests and not open sockets. */
export function botSpeaksHttp(config: string): boolean {
  const { slack } = parse(readFileSync(config, 'utf8')) ?? {};
  return slack?.mode === 'http';
}
