import { randomBytes } from 'node:crypto';
import type { Actor, Origin } from '../core/actor.ts';
import { Refusal } from '../core/refusal.ts';
import type { Report } from '../core/report.ts';
import type { Outbox } from '../engine/mail/outbox.ts';
import type { Log } from '../log.ts';
import { answer, openly, privately } from './delivering/letters.ts';
import { freshForDecisions, type People } from './people.ts';
import type { Answer, Asked, Pipeline } from './ports.ts';
import type { Arrived, Form, Line, Press } from './receiving/incoming.ts';
import type { Home } from './views/home.ts';
import { withFormButton } from './views/offer.ts';

/** Brings what came in to the pipeline, as the person it came from, and its answer to the outbox. */
export class Router {
  readonly #pipeline: Pipeline;
  readonly #people: People;
  readonly #outbox: Outbox;
  readonly #home: Home;
  readonly #log: Log;

  constructor(deps: {
    readonly pipeline: Pipeline;
    readonly people: People;
    readonly outbox: Outbox;
    readonly home: Home;
    readonly log: Log;
  }) {
    this.#pipeline = deps.pipeline;
    this.#people = deps.people;
    this.#outbox = deps.outbox;
    this.#home = deps.home;
    this.#log = deps.log;
  }

  async work({ key, what }: Arrived): Promise<void> {
    if (what.type === 'home') return this.#home.opened(what.user);
    try {
      const maxAge = what.type === 'press' ? freshForDecisions : undefined;
      const actor = await this.#people.actor(what.user, maxAge);
      const asked: Asked = { actor, origin: originOf(what), key };
      if (what.type === 'press') await this.#press(asked, what);
      else await this.#line(asked, what);
    } catch (error) {
      await answer(this.#outbox, key, privately(what), this.#badNews(error));
    }
  }

  async #line(asked: Asked, from: Line | Form): Promise<void> {
    const reply = await this.#pipeline.handle({ ...asked, line: from.line });
    await this.#reply(asked, from, {
      ...reply,
      report: withFormButton(reply.report, from.line, this.#pipeline),
    });
  }

  async #press(asked: Asked, from: Press): Promise<void> {
    const [operation = '', digest = ''] = from.value.split(':');
    switch (from.action) {
      case 'approve':
      case 'deny':
      case 'break-glass': {
        const { action: verdict, reason } = from;
        const press = { ...asked, operation, verdict, digest, ...(reason ? { reason } : {}) };
        return this.#tell(asked, from, await this.#pipeline.press(press));
      }
      case 'cancel':
        return this.#tell(asked, from, await this.#pipeline.cancel({ ...asked, operation }));
      case 'promote':
      case 'abort': {
        const line = `${from.action} ${operation}`;
        const reply = await this.#pipeline.handle({ ...asked, line });
        // the operation's own message says it to everybody
        return reply.outcome === 'done' ? undefined : this.#reply(asked, from, reply);
      }
      case 'finish':
      case 'finish-dry-run': {
        const line = `deploy finish ${operation}${from.action === 'finish' ? '' : ' --dry-run'}`;
        return this.#reply(asked, from, await this.#pipeline.handle({ ...asked, line }));
      }
      case 'retire':
        return this.#reply(
          asked,
          from,
          await this.#pipeline.retire({ ...asked, operation, place: Number(digest) }),
        );
      case 'choose':
      case 'run':
        return this.#reply(asked, from, await this.#pipeline.choose({ ...asked, choice: from.value }));
      default:
        return this.#tell(asked, from, {
          title: 'That button is no longer in use.',
          tone: 'warning',
          blocks: [{ type: 'text', text: ['See what you can do with ', { run: 'help' }, '.'] }],
        });
    }
  }

  async #reply({ key, actor }: Asked, from: Line | Form | Press, reply: Answer): Promise<void> {
    if (reply.visibility !== 'none')
      await answer(
        this.#outbox,
        key,
        reply.visibility === 'channel' ? openly(from) : privately(from),
        reply.visibility === 'channel' ? sharedBy(reply.report, actor) : reply.report,
      );
    else if (from.type === 'press' && from.ephemeral)
      await answer(this.#outbox, key, privately(from), under(reply.report));
  }

  #badNews(error: unknown): Report {
    if (error instanceof Refusal) return refusal(error);
    const quote = `err-${randomBytes(4).toString('hex')}`;
    this.#log.error({ err: error, quote }, 'a request of Slack broke');
    return {
      title: `Something broke on my side; quote ${quote} to those who run me.`,
      tone: 'failure',
      blocks: [],
    };
  }

  async #tell({ key }: Asked, from: Press, report: Report | undefined): Promise<void> {
    if (report) await answer(this.#outbox, key, privately(from), report);
  }
}

function refusal({ message, hint }: Refusal): Report {
  return { title: message, tone: 'warning', blocks: hint ? [{ type: 'text', text: hint }] : [] };
}

function originOf({ channel, channelName, thread }: Line | Form | Press): Origin {
  return {
    kind: 'slack',
    channel,
    ...(channelName ? { channelName } : {}),
    ...(thread ? { thread } : {}),
  };
}

/** Everybody sees who asked for what is shown to everybody. */
function sharedBy(report: Report, actor: Actor): Report {
  if (actor.kind !== 'slack') return report;
  return {
    ...report,
    blocks: [...report.blocks, { type: 'note', text: ['Asked by ', { user: actor.user }] }],
  };
}

/** Takes the place of the menu whose pick became an operation with its own message. */
function under({ title }: Report): Report {
  return { title, tone: 'plain', blocks: [{ type: 'note', text: 'Its message is in the channel.' }] };
}
