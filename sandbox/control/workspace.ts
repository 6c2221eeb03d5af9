import { Hono } from 'hono';
import { freshState } from '../slack/seed.ts';
import { shown } from './clock.ts';
import type { Parts } from './parts.ts';

const kinds = { public: 'channel', private: 'private', im: 'dm' } as const;

/** `GET /api/state`: what the page is drawn from before it asks for anything else. */
export function workspaceRoutes({ clock, slack, bot }: Parts): Hono {
  // Who and what is in the workspace is its seed's; only what they say changes.
  const { users, channels, groups } = freshState();
  const workspace = {
    team: slack.team,
    users: users.map(({ id, name, realName, role, bot: isBot, color }) => ({
      id,
      name,
      real_name: realName,
      role,
      color,
      avatar: `${slack.url}/avatars/${name}.svg`,
      isBot: isBot ?? false,
    })),
    channels: channels.map(({ id, name, kind, topic, members }) => ({
      id,
      name,
      kind: kinds[kind],
      topic,
      members,
    })),
    groups,
  };
  return new Hono().get('/state', (c) =>
    c.json({ ...workspace, bot: bot?.status ?? null, clock: { ...shown(clock), now: clock.now() } }),
  );
}
