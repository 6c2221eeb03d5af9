import { SlackError } from '../errors.ts';
import { bot, team } from '../seed.ts';
import { iconsOf } from '../shapes.ts';
import type { Methods } from './method.ts';

export const auth: Methods = {
  'api.test': {
    token: 'none',
    scopes: [],
    tier: 'special',
    run: (args) => {
      const error = args.text('error');
      if (error) throw new SlackError(error, { args: args.visible });
      return { args: args.visible };
    },
  },
  'auth.test': {
    token: 'bot',
    scopes: [],
    tier: 'special',
    run: (_, { url }) => ({
      url: `${url}/`,
      team: team.name,
      user: bot.name,
      team_id: team.id,
      user_id: bot.user,
      bot_id: bot.id,
      is_enterprise_install: false,
    }),
  },
  'apps.connections.open': {
    token: 'app',
    scopes: [],
    tier: 'special',
    run: (_, { sockets, url }) => ({ url: `${url.replace('http', 'ws')}${sockets.ticket()}` }),
  },
  'team.info': {
    token: 'bot',
    scopes: ['team:read'],
    tier: 3,
    run: (_, { url }) => ({
      team: {
        id: team.id,
        name: team.name,
        url: `${url}/`,
        domain: team.domain,
        email_domain: 'lamplight.example',
        icon: { image_default: true, ...iconsOf(url, 34, 44, 68, 88, 102, 132, 230) },
        is_verified: false,
      },
    }),
  },
  'emoji.list': {
    token: 'bot',
    scopes: ['emoji:read'],
    tier: 2,
    // Slack's own emoji are never in it, and the workspace has none of its own.
    run: (_, { clock }) => ({ emoji: {}, cache_ts: (clock.now() / 1000).toFixed(6) }),
  },
  'bots.info': {
    token: 'bot',
    scopes: ['users:read'],
    tier: 3,
    run: (args, { url }) => {
      if (args.text('bot') !== bot.id) throw new SlackError('bot_not_found');
      return {
        bot: {
          id: bot.id,
          deleted: false,
          name: bot.name,
          updated: 1_763_700_000,
          app_id: bot.app,
          user_id: bot.user,
          icons: iconsOf(url, 36, 48, 72),
        },
      };
    },
  },
};
