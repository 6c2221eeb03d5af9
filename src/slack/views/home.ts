import type { HomeView, KnownBlock } from '@slack/types';
import type { Clock } from '../../core/clock.ts';
import { describe } from '../../core/describe.ts';
import type { Operation } from '../../core/operation.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Log } from '../../log.ts';
import type { People } from '../people.ts';
import type { HomeContents, Pipeline } from '../ports.ts';
import { actionBlocks } from '../rendering/actions.ts';
import { marked, section } from '../rendering/blocks.ts';
import { limits } from '../rendering/limits.ts';
import { bold, mrkdwn } from '../rendering/mrkdwn.ts';
import { title } from '../rendering/render.ts';
import { faultOf, type Web } from '../web.ts';

/** How often an open Home tab follows changes at most, in ms. */
const followEvery = 2_000;
/** How many people's Home tabs follow changes; who opened it last goes before. */
const followed = 200;

/** The Home tabs: what waits for the person, what runs for them, what they may run. */
export class Home {
  readonly #web: Web;
  readonly #people: People;
  readonly #pipeline: Pipeline;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #open = new Set<string>();
  readonly #stop = new AbortController();
  #following: Promise<void> | undefined;

  constructor(deps: {
    readonly web: Web;
    readonly people: People;
    readonly pipeline: Pipeline;
    readonly clock: Clock;
    readonly log: Log;
  }) {
    this.#web = deps.web;
    this.#people = deps.people;
    this.#pipeline = deps.pipeline;
    this.#clock = deps.clock;
    this.#log = deps.log;
  }

  async opened(user: string): Promise<void> {
    this.#open.delete(user);
    this.#open.add(user);
    for (const oldest of this.#open) {
      if (this.#open.size <= followed) break;
      this.#open.delete(oldest);
    }
    await this.#publish(user);
  }

  /** An operation changed. Several changes at once become one look. */
  changed(): void {
    if (this.#open.size === 0 || this.#stop.signal.aborted) return;
    this.#following ??= this.#follow()
      .catch((error: unknown) => this.#log.error({ err: error }, 'Home tabs were not published'))
      .finally(() => {
        this.#following = undefined;
      });
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#following;
  }

  async #follow(): Promise<void> {
    await this.#clock.sleep(followEvery, this.#stop.signal);
    for (const user of [...this.#open]) {
      if (this.#stop.signal.aborted) return;
      await this.#publish(user);
    }
  }

  async #publish(user: string): Promise<void> {
    try {
      await this.#web.reads.views.publish({ user_id: user, view: await this.#view(user) });
    } catch (error) {
      this.#log.warn({ because: faultOf(error).because, user }, 'a Home tab was not published');
    }
  }

  async #view(user: string): Promise<HomeView> {
    try {
      return homeView(await this.#pipeline.home(await this.#people.actor(user)));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const blocks = [
        title({ title: error.message, tone: 'warning' }),
        ...(error.hint ? [section(mrkdwn(error.hint))] : []),
      ];
      return { type: 'home', blocks };
    }
  }
}

/** What waits for the person comes first, since somebody else waits for them. */
export function homeView({ approvals, running, keeps, commands }: HomeContents): HomeView {
  const last = [
    heading('What you may run'),
    ...(commands.length > 0
      ? [section(commands.map(({ name, summary }) => `• ${bold(name)} – ${mrkdwn(summary)}`).join('\n'))]
      : [section('Nothing yet: no rule names you.')]),
    ...actionBlocks([
      { type: 'button', id: 'form', label: 'Run a command…', value: 'help', style: 'primary' },
    ]),
  ];
  const first = [
    heading('Waiting for you'),
    ...listed(approvals, 'Nobody waits for your decision.'),
    heading('Running for you'),
    ...listed(running, 'Nothing of yours is running.'),
    ...(keeps.length > 0
      ? [heading('Kept by you'), section(keeps.slice(0, mostListed).map(kept).join('\n'))]
      : []),
  ];
  return { type: 'home', blocks: [...first.slice(0, limits.viewBlocks - last.length), ...last] };
}

/** Half of the blocks that a Home tab may hold, at four for an operation. */
const mostListed = 10;

function listed(operations: readonly Operation[], none: string): KnownBlock[] {
  if (operations.length === 0) return [section(none)];
  const hidden = operations.length - mostListed;
  return [
    ...operations.slice(0, mostListed).flatMap(card),
    ...(hidden > 0
      ? [note(`… ${hidden} more: \`/oci approvals\` and \`/oci operations\` show them all`)]
      : []),
  ];
}

function kept({ keep, name }: HomeContents['keeps'][number]): string {
  const because = keep.because ? mrkdwn(` – ${keep.because}`) : '';
  return `• ${bold(name)} ${keep.want === 'up' ? 'on' : 'off'} until ${mrkdwn([{ time: keep.until }])}${because}`;
}

function card(operation: Operation): KnownBlock[] {
  const { title: sentence, tone, actions = [] } = describe(operation);
  const names = [...new Set(operation.steps.map(({ step }) => step.target.name))];
  const targets = names.length > 6 ? [...names.slice(0, 5), `${names.length - 5} more`] : names;
  const expires =
    operation.approval && operation.status === 'waiting' ? operation.approval.expiresAt : undefined;
  return [
    title({ title: sentence, tone }),
    note(
      mrkdwn([
        { code: operation.id },
        ` · ${targets.join(', ')}`,
        ...(expires === undefined ? [] : [' · expires ', { time: expires }]),
      ]),
    ),
    ...actionBlocks(actions),
  ];
}

function heading(text: string): KnownBlock {
  return { type: 'header', text: { type: 'plain_text', text } };
}

function note(text: string): KnownBlock {
  return { type: 'context', elements: [marked(text)] };
}
