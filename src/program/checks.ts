import type { Check } from '../command.ts';
import type { CloudReader } from '../core/cloud.ts';
import { CloudError } from '../core/fault.ts';
import type { SlackFrontend } from '../slack/front-end.ts';
import { eventScopes, methodScopes, otherScopes } from '../slack/scopes.ts';

/** What doctor examines: OCI permission by permission, and whatever the other rooms bring. */
export function cloudChecks(cloud: CloudReader): readonly Check[] {
  return cloud.probes().map(({ name, grant, run }) => ({
    name: `OCI: ${name}`,
    fix: grant,
    run: async () => {
      try {
        return await run();
      } catch (error) {
        if (!(error instanceof CloudError)) throw error;
        const id = error.requestId ? ` (opc-request-id ${error.requestId})` : '';
        throw new Error(`${error.status || 'no reply'} ${error.code}: ${error.message}${id}`);
      }
    },
  }));
}

/**
 * This machine's time against the Date header of Slack's Web API: OCI and Slack both refuse requests
 * that are five minutes off. It is real time that they are signed with, whatever the injected clock says.
 */
export function clockCheck(apiUrl: string): Check {
  return {
    name: 'Clock',
    fix: 'Set this machine’s clock by NTP.',
    run: async () => {
      const reply = await fetch(new URL('api.test', apiUrl), { signal: AbortSignal.timeout(5_000) });
      const theirs = Date.parse(reply.headers.get('date') ?? '');
      if (Number.isNaN(theirs)) throw new Error('Slack told no time to compare with');
      const apart = Math.round(Math.abs(theirs - Date.now()) / 1000);
      if (apart > 60) throw new Error(`it is ${apart} s away from Slack’s`);
      return `within ${Math.max(1, apart)} s of Slack’s`;
    },
  };
}

/** Slack reaches the bot, and its token may do what the bot does. */
export function slackChecks(slack: SlackFrontend): readonly Check[] {
  return [
    {
      name: 'Slack connection',
      fix: 'See the log for what Slack answers; /readyz tells when it is back.',
      run: async () => {
        const { inHand } = slack.deliveries();
        if (!slack.ready()) throw new Error('Slack cannot reach the bot');
        return `connected, ${inHand} messages on their way`;
      },
    },
    {
      name: 'Slack scopes',
      fix: 'Compare the app with manifest.yml and install it again.',
      run: async () => {
        const granted = await slack.scopes();
        const missing = neededScopes.filter((scope) => !granted.includes(scope));
        if (missing.length > 0) throw new Error(`missing: ${missing.join(', ')}`);
        return `all ${neededScopes.length} granted`;
      },
    },
  ];
}

const neededScopes = [
  ...new Set([...Object.values(methodScopes), ...Object.values(eventScopes), ...otherScopes]),
].filter((scope) => scope !== 'none');
