import { App } from '@slack/bolt';
import { boltLog } from './bolt-log.ts';
import { Calm } from './calm.ts';
import { Deliveries } from './delivering/delivery.ts';
import { Postman } from './delivering/postman.ts';
import type { Identity } from './identify.ts';
import { listen } from './listeners.ts';
import { People } from './people.ts';
import type { SlackOptions } from './ports.ts';
import type { HttpReceiver } from './receiving/http-receiver.ts';
import { Intake } from './receiving/intake.ts';
import { Sockets } from './receiving/socket-pair.ts';
import { Router } from './router.ts';
import { Home } from './views/home.ts';
import { clientOptions, type Web } from './web.ts';

/** The front end, connected. */
export interface Running {
  ready(): boolean;
  readonly deliveries: Deliveries;
  readonly people: People;
  stop(): Promise<void>;
}

/** Wires the front end and connects it. Throws a Refusal when Slack refuses the app token. */
export async function run(
  options: SlackOptions,
  web: Web,
  http: HttpReceiver | undefined,
  { team, botId, botUser }: Identity,
): Promise<Running> {
  const { connection, apiUrl, pipeline, inbox, outbox, clock, log, settings } = options;
  const people = new People({ web, clock, log, team, settings });
  const home = new Home({ web, people, pipeline, clock, log });
  const router = new Router({ pipeline, people, outbox, home, log });
  const calm = new Calm();
  const intake = new Intake({ inbox, calm, clock, log, work: (arrived) => router.work(arrived) });
  const postman = new Postman({ web, clock, log, outbox });
  const deliveries = new Deliveries({ outbox, calm, clock, log, postman });
  const sockets =
    connection.mode === 'socket' ? new Sockets({ appToken: connection.appToken, apiUrl, log }) : undefined;
  const receiver = sockets?.first ?? http;
  if (!receiver) throw new Error('neither Socket Mode nor HTTP');

  const app = new App({
    token: connection.botToken,
    botId,
    botUserId: botUser,
    // both ids are known: Bolt need not ask who it is, neither now nor for every event
    tokenVerificationEnabled: false,
    deferInitialization: true,
    convoStore: false,
    // nothing that the bot hears could come from itself
    ignoreSelf: false,
    receiver,
    clientOptions: clientOptions(apiUrl, log),
    logger: boltLog(log),
  });
  await app.init();
  listen(app, { intake, web, pipeline, people, log });

  deliveries.start();
  try {
    await sockets?.start(app, options.stagger ?? 5_000);
  } catch (error) {
    await deliveries.stop();
    throw error;
  }
  await intake.start();
  const silence = options.onChange?.(() => home.changed());

  return {
    ready: () => sockets?.connected ?? true,
    deliveries,
    people,
    async stop() {
      silence?.();
      await Promise.all([sockets?.stop(), home.stop()]);
      await intake.stop();
      await deliveries.stop();
    },
  };
}
