import type { Clock } from '../../core/clock.ts';
import type { Address } from '../../core/letter.ts';
import type { Report } from '../../core/report.ts';
import type { DueLetter, Outbox, Posted } from '../../engine/mail/outbox.ts';
import type { Log } from '../../log.ts';
import type { Attachment } from '../rendering/files.ts';
import { limits } from '../rendering/limits.ts';
import { type Rendered, render, renderPlainly } from '../rendering/render.ts';
import { type Fault, faultOf, type Web } from '../web.ts';
import { DirectMessages } from './direct.ts';
import { Fitting, NotReady } from './fitting.ts';
import { FoundAgain, messageId, stamp } from './identity.ts';
import { recorded, sharedNow, Uploads, unshared } from './pictures.ts';
import { closed, noEntry, uneditable } from './refusals.ts';
import { respond } from './respond.ts';
import { upload } from './upload.ts';

export type Outcome =
  | { readonly kind: 'sent'; readonly posted: Posted | undefined; readonly notBefore: number }
  /** In `wait` ms; `maybe`: it may be there already. `lane`: others in it wait too. */
  | {
      readonly kind: 'later';
      readonly wait: number;
      readonly because: string;
      readonly maybe: boolean;
      readonly lane?: string;
    }
  /** The message that was to be edited is no longer there. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'dead'; readonly because: string }
  /** Another process has it now. */
  | { readonly kind: 'not ours' };

/** Waits for a turn in a lane; answers 0, or the milliseconds that are left when that takes too long. */
export type Turn = (lane: string, every: number) => Promise<number>;

/** Where a message goes: a channel and, in it, a thread. */
interface Place {
  readonly channel: string;
  readonly thread?: string;
}

/** Delivers one letter: posts it once, or edits what was posted. */
export class Postman {
  readonly #web: Web;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #outbox: Outbox;
  readonly #direct: DirectMessages;
  readonly #found: FoundAgain;
  readonly #uploads: Uploads;
  readonly #fitting: Fitting;
  readonly #anew = new Set<string>();

  constructor(deps: {
    readonly web: Web;
    readonly clock: Clock;
    readonly log: Log;
    readonly outbox: Outbox;
  }) {
    this.#web = deps.web;
    this.#clock = deps.clock;
    this.#log = deps.log;
    this.#outbox = deps.outbox;
    this.#direct = new DirectMessages(deps.web);
    this.#found = new FoundAgain(deps.web, deps.log);
    this.#uploads = new Uploads(deps.web, deps.log);
    this.#fitting = new Fitting(deps.log, this.#uploads);
  }

  async deliver(letter: DueLetter, turn: Turn): Promise<Outcome> {
    try {
      if (letter.posted) return await this.#edit(letter, letter.posted, turn);
      return await this.#firstTime(letter, turn);
    } catch (error) {
      if (error instanceof NotReady)
        return later(500 * 2 ** letter.tries, 'Slack has not looked through its picture yet', false);
      return this.#later(letter, faultOf(error));
    }
  }

  async #firstTime(letter: DueLetter, turn: Turn): Promise<Outcome> {
    const { to } = letter;
    switch (to.kind) {
      case 'channel':
        return this.#postIn(
          { channel: to.channel, ...(to.thread ? { thread: to.thread } : {}) },
          letter,
          turn,
        );
      case 'thread':
        if (!letter.parent)
          return { kind: 'dead', because: `${to.of} was never posted, so it has no thread` };
        return this.#postIn({ channel: letter.parent.channel, thread: letter.parent.ts }, letter, turn);
      case 'dm':
        return this.#postTo(to.user, letter, turn);
      case 'response':
        return this.#respond(letter, to, turn);
      case 'ephemeral':
        return this.#whisper(letter, to, turn);
    }
  }

  async #edit(letter: DueLetter, posted: Posted, turn: Turn): Promise<Outcome> {
    const wait = await turn('chat.update', 0);
    if (wait > 0) return later(wait, 'Slack asked for a pause', false);
    const strayed = letter.to.kind === 'channel' && letter.to.channel !== posted.channel;
    const report = strayed ? elsewhere(letter.report, letter.to, '') : letter.report;
    const { channel, ts } = posted;
    const call = (content: Rendered) =>
      this.#web.once.chat.update({ channel, ts, ...bodyOf(content), ...stamp(letter.key) });
    try {
      const pictures = await this.#uploads.of(report, posted);
      const drawn = await this.#fitting.send(report, call, { pictures, tries: letter.tries });
      const files = unshared(drawn.content.files, report, posted.shared);
      const thread = letter.to.kind === 'channel' ? letter.to.thread : letter.parent?.ts;
      await this.#attach(files, channel, thread ?? ts);
      return this.#sent({
        channel,
        ts,
        pictures: recorded(drawn.pictures),
        shared: sharedNow(files, posted.shared),
      });
    } catch (error) {
      const fault = faultOf(error);
      if (fault.kind === 'refused' && uneditable.has(fault.error)) return this.#deleted(letter);
      if (fault.kind === 'limited') return later(fault.wait, fault.because, false, 'chat.update');
      throw error;
    }
  }

  /** Somebody deleted the message: it is posted anew, once. Who deletes it again means it. */
  #deleted({ key }: DueLetter): Outcome {
    if (this.#anew.has(key)) return { kind: 'dead', because: 'its message was deleted twice' };
    this.#anew.add(key);
    return { kind: 'gone' };
  }

  async #postTo(user: string, letter: DueLetter, turn: Turn): Promise<Outcome> {
    return this.#postIn({ channel: await this.#direct.channel(user) }, letter, turn);
  }

  async #postIn(place: Place, letter: DueLetter, turn: Turn, report = letter.report): Promise<Outcome> {
    const lane = `post ${place.channel}`;
    if (letter.attemptedAt !== undefined) {
      const there = await this.#found.find(letter.key, place, letter.attemptedAt);
      if (there) return this.#sent(there);
    }
    const wait = await turn(lane, limits.postEvery);
    if (wait > 0) return later(wait, 'Slack asked for a pause', false);
    const now = this.#clock.now();
    if (!(await this.#outbox.sending(letter.key, letter.version, now))) return { kind: 'not ours' };
    try {
      return await this.#post(place, letter, report, letter.attemptedAt ?? now);
    } catch (error) {
      const fault = faultOf(error);
      if (fault.kind === 'limited') return later(fault.wait, fault.because, false, lane);
      if (fault.kind !== 'refused' || !(fault.error in closed)) throw error;
      return this.#instead(letter, place, closed[fault.error] ?? '', turn);
    }
  }

  async #post(place: Place, letter: DueLetter, report: Report, begun: number): Promise<Outcome> {
    const { channel, thread } = place;
    const uploaded = await this.#uploads.of(report, undefined);
    const send = (each: Rendered) => {
      const message = {
        ...bodyOf(each),
        ...stamp(letter.key),
        ...messageId(letter.key, begun),
        unfurl_links: false,
        unfurl_media: false,
      };
      return thread
        ? this.#web.once.chat.postMessage({
            channel,
            ...message,
            thread_ts: thread,
            reply_broadcast: letter.broadcast ?? false,
          })
        : this.#web.once.chat.postMessage({ channel, ...message });
    };
    const { content, reply, pictures } = await this.#fitting.send(report, send, {
      pictures: uploaded,
      tries: letter.tries,
    });
    const posted = { channel: reply.channel ?? place.channel, ts: reply.ts ?? '' };
    await this.#attach(content.files, posted.channel, place.thread ?? posted.ts);
    return this.#sent({ ...posted, pictures: recorded(pictures), shared: sharedNow(content.files) });
  }

  /** The channel is closed to the bot: the person gets it as a direct message, with the reason. */
  async #instead(letter: DueLetter, place: Place, why: string, turn: Turn): Promise<Outcome> {
    const user = 'user' in letter.to ? letter.to.user : undefined;
    const direct = user ? await this.#direct.channel(user) : undefined;
    if (!direct || place.channel === direct)
      return { kind: 'dead', because: `${place.channel} is closed to me: ${why}` };
    const report = elsewhere(letter.report, letter.to, why);
    return this.#postIn({ channel: direct }, letter, turn, report);
  }

  async #respond(
    letter: DueLetter,
    to: Extract<Address, { kind: 'response' }>,
    turn: Turn,
  ): Promise<Outcome> {
    const content = render(letter.report);
    const fault = (await respond(to, content)) ?? undefined;
    if (!fault) return this.#told(content.files, to.user);
    if (fault.kind === 'refused' && fault.error === 'bad_request') {
      if (!(await respond(to, renderPlainly(letter.report)))) return this.#told([], to.user);
    }
    // the URL is used up or too old: the answer still has a reader
    if (fault.kind === 'refused') return this.#postTo(to.user, letter, turn);
    return this.#later(letter, fault);
  }

  async #whisper(
    letter: DueLetter,
    to: Extract<Address, { kind: 'ephemeral' }>,
    turn: Turn,
  ): Promise<Outcome> {
    try {
      const { content } = await this.#fitting.send(letter.report, (each) =>
        this.#web.once.chat.postEphemeral({
          channel: to.channel,
          user: to.user,
          ...(to.thread ? { thread_ts: to.thread } : {}),
          ...bodyOf(each),
        }),
      );
      return this.#told(content.files, to.user);
    } catch (error) {
      const fault = faultOf(error);
      if (fault.kind !== 'refused' || !(fault.error in closed)) throw error;
      return this.#postTo(to.user, letter, turn);
    }
  }

  /** Ephemeral messages take no files: these go to the person's direct messages. */
  async #told(files: readonly Attachment[], user: string): Promise<Outcome> {
    if (files.length > 0) await this.#attach(files, await this.#direct.channel(user), undefined);
    return { kind: 'sent', posted: undefined, notBefore: this.#clock.now() };
  }

  async #attach(files: readonly Attachment[], channel: string, thread: string | undefined): Promise<void> {
    for (const file of files) await upload(this.#web, this.#log, file, { channel, thread });
  }

  #sent(posted: Posted): Outcome {
    return { kind: 'sent', posted, notBefore: this.#clock.now() + limits.editEvery };
  }

  #later(letter: DueLetter, fault: Fault): Outcome {
    if (fault.kind === 'limited') return later(fault.wait, fault.because, false);
    if (fault.kind === 'away') return later(backOff(letter.tries), fault.because, fault.maybe);
    if (noEntry.has(fault.error)) return later(60_000, fault.because, false);
    return { kind: 'dead', because: fault.because };
  }
}

function later(wait: number, because: string, maybe: boolean, lane?: string): Outcome {
  return { kind: 'later', wait, because, maybe, ...(lane ? { lane } : {}) };
}

/** 1 s, 2 s, 4 s … 30 s, each up to a fifth longer, so that many letters do not return as one. */
function backOff(tries: number): number {
  return Math.round(Math.min(1_000 * 2 ** tries, 30_000) * (1 + Math.random() / 5));
}

function bodyOf({ text, blocks }: Rendered): { text: string; blocks: Rendered['blocks'][number][] } {
  return { text, blocks: [...blocks] };
}

function elsewhere(report: Report, to: Address, why: string): Report {
  if (to.kind !== 'channel') return report;
  const reason = why ? `, because ${why}` : '';
  return {
    ...report,
    blocks: [
      ...report.blocks,
      {
        type: 'note',
        text: [
          'I could not post this in ',
          { channel: to.channel },
          `${reason}. `,
          { code: '/invite @lamplighter' },
          ' there, and it goes there.',
        ],
      },
    ],
  };
}
