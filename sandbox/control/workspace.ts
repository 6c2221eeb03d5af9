import { Hono } from 'hono';
import { team } from '../slack/seed.ts';
import type { Channel, Group, User } from '../slack/types.ts';
import type { Parts } from './parts.ts';

const kinds = { public: 'channel', private: 'private', im: 'dm', mpim: 'private' } as const;

/** `GET /api/state`: what the page is drawn from before it asks for anything else. */
export function workspaceRoutes({ clock, slack, bot }: Parts): Hono {
  const look = async <T>(path: string) => (await (await slack.control.request(path)).json()) as T;
  return new Hono().get('/state', async (c) => {
    const { users } = await look<{ users: User[] }>('/users');
    const { channels } = await look<{ channels: Channel[] }>('/channels');
    const { groups } = await look<{ groups: Group[] }>('/groups');
    return c.json({
      team,
      users: users.map(({ id, name, realName, role, color, bot: isBot = false }) => ({
        id,
        name,
        real_name: realName,
        role,
        color,
        avatar: `${slack.url}/avatars/${name}.svg`,
        isBot,
      })),
      channels: channels.map(({ id, name, kind, topic, members }) => ({
        id,
        name,
        kind: kinds[kind],
        topic,
        members,
      })),
      groups,
      files: `${slack.url}/files`,
      bot: bot?.status ?? null,
      clock: { now: clock.now(), offset: clock.offset },
    });
  });
}
