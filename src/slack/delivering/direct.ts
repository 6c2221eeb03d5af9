import type { Web } from '../web.ts';

/** The direct message channel with each person. Slack never changes it, so it is asked for once. */
export class DirectMessages {
  readonly #web: Web;
  readonly #channels = new Map<string, string>();

  constructor(web: Web) {
    this.#web = web;
  }

  async channel(user: string): Promise<string> {
    const known = this.#channels.get(user);
    if (known) return known;
    const { channel } = await this.#web.reads.conversations.open({ users: user });
    if (!channel?.id) throw new Error(`conversations.open gave no channel for ${user}`);
    this.#channels.set(user, channel.id);
    return channel.id;
  }
}
