import type { SandboxClock } from '../clock.ts';
import type { AppConfig } from './app.ts';
import type { Delivery } from './deliver/delivery.ts';
import type { SocketMode } from './deliver/socket.ts';
import { SlackError } from './errors.ts';
import type { Faults } from './faults.ts';
import type { Timing } from './limits.ts';
import type { Rates } from './rates.ts';
import type { RequestLog } from './requests.ts';
import type { Store } from './store.ts';
import type { Triggers } from './triggers.ts';
import type { Channel, User } from './types.ts';

/** Everything that a route needs of the emulated workspace. */
export interface Workspace {
  readonly clock: SandboxClock;
  readonly timing: Timing;
  readonly app: AppConfig;
  readonly store: Store;
  readonly faults: Faults;
  readonly rates: Rates;
  readonly triggers: Triggers;
  readonly requests: RequestLog;
  readonly sockets: SocketMode;
  readonly delivery: Delivery;
  /** Aborted when the sandbox stops. */
  readonly stopped: AbortSignal;
  /** `http://127.0.0.1:PORT`, known once the server listens. */
  url: string;
}

/** @throws SlackError user_not_found */
export function someone({ store }: Workspace, idOrName: string): User {
  const user = store.user(idOrName);
  if (!user) throw new SlackError('user_not_found', { hint: `Nobody is called ${idOrName}.` });
  return user;
}

/** @throws SlackError channel_not_found */
export function somewhere({ store }: Workspace, idOrName: string): Channel {
  const channel = store.channel(idOrName);
  if (!channel) throw new SlackError('channel_not_found', { hint: `There is no channel ${idOrName}.` });
  return channel;
}
