/**
 * Every route on the first port, a line each: what `GET /control` answers. A test holds it against the
 * routes that there are. The bodies stand in sandbox/README.md and in those of slack/ and oci/.
 */
export const about: Readonly<Record<string, string>> = {
  'GET /control': 'this list',
  'GET /control/clock': 'the sandbox time',
  'POST /control/clock':
    '{advance: "15m" | ms} or {set: "19:00" | ISO instant}; answers when the bot follows',
  'GET /control/bot': "the bot's process",
  'POST /control/bot': '{action: "kill" | "stop" | "start" | "restart"}; kill is kill -9, and it comes back',
  'POST /control/reset': 'everything as after --fresh; answers when the bot is ready again',

  'POST /control/slack/command': '{user, channel, text}: a slash command',
  'POST /control/slack/click':
    '{user, channel, ts, action}, or {user, view_id, action} in a modal or Home tab',
  'POST /control/slack/submit': '{user, view_id, values}: submits a modal',
  'POST /control/slack/close': '{user, view_id}: closes a modal',
  'POST /control/slack/suggest':
    '{user, action, value, channel, ts | view_id}: what a type-ahead menu offers',
  'POST /control/slack/shortcut': '{user, callback_id, channel?, ts?}: a global or a message shortcut',
  'POST /control/slack/open-home': "{user}: opens the app's Home tab",
  'POST /control/slack/message': '{user, channel, text, thread_ts?}: a person writes',
  'POST /control/slack/react': '{user, channel, ts, name, remove?}: a person reacts to a message',
  'POST /control/slack/deliver': '{again?, envelope?} sends a delivery once more; {type, payload} sends any',
  'POST /control/slack/verify': 'asks the app for its url_verification answer (HTTP mode)',
  'GET /control/slack/channels': 'channels and direct messages',
  'POST /control/slack/channels/{name}': '{archived?, members?}',
  'GET /control/slack/channels/{name}/messages': 'what the channel shows, with replies',
  'DELETE /control/slack/channels/{name}/messages/{ts}': 'a message is deleted',
  'GET /control/slack/users': 'the people',
  'GET /control/slack/users/{name}/home': "the person's Home tab",
  'GET /control/slack/users/{name}/ephemeral': 'what only this person was shown',
  'GET /control/slack/users/{name}/views': "the person's open modals, topmost last",
  'GET /control/slack/users/{name}/dm': "the person's messages with the bot",
  'GET /control/slack/groups': 'user groups',
  'POST /control/slack/groups/{handle}': '{users}: changes who is in it',
  'GET /control/slack/requests': 'Web API calls with their status (?method=)',
  'GET /control/slack/deliveries': 'what was sent to the app',
  'GET /control/slack/faults': 'what is armed',
  'POST /control/slack/faults': '{kind, …}: makes something go wrong',
  'DELETE /control/slack/faults': 'all is well again',
  'GET /control/slack/settings': 'rate limits, scopes, connections',
  'POST /control/slack/settings':
    '{rate_limits?, scopes?, request_url?}; request_url turns HTTP mode on, null off',

  'GET /control/oci/resources': 'the resources (?type= &name= &region= &state= &compartment= &ocid=)',
  'GET /control/oci/resources/{ocid}': 'one, with its whole record',
  'POST /control/oci/resources/{ocid}':
    '{state?, name?, freeformTags?, definedTags?}: someone changes it elsewhere',
  'GET /control/oci/requests': 'what clients called (?operation= &resource= &status= &region=)',
  'DELETE /control/oci/requests': 'forgets what was called',
  'GET /control/oci/faults': 'what is armed',
  'POST /control/oci/faults': '{operation, …}: makes something go wrong',
  'DELETE /control/oci/faults': 'all is well again',
  'DELETE /control/oci/faults/{id}': 'takes one away',
  'GET /control/oci/limits': 'rate limits',
  'POST /control/oci/limits': '{limits: [{operation, perSecond, burst}]}',
  'GET /control/oci/traffic':
    'listeners with their addresses, backends, health, requests by version and status',
  'POST /control/oci/traffic/reset': 'counts from nothing',
  'POST /control/oci/traffic/load':
    '{listener: "shop-lb/http", connections?, rate?, path?}: a made-up public, rate requests a second',
  'DELETE /control/oci/traffic/load': 'it goes home',
  'GET /control/oci/service-limits': 'service limits and quotas that were said',
  'POST /control/oci/service-limits': '{service, name, value, region, compartment}: a limit, or a quota',
  'GET /control/oci/images': 'repositories and their images',
  'POST /control/oci/images': '{image, digest}: a push, which moves the tag if it is there',
  'POST /control/oci/metrics': '{compartment, namespace, name, dimensions, points: [{value, count, at}]}',
  'DELETE /control/oci/metrics': 'forget all metrics',
  'GET /control/oci/coverage': 'which SDK methods are served',

  'GET /api/state': 'people, channels, bot and clock, for the page',
  'GET /events': 'server-sent events: one for each change',
};
