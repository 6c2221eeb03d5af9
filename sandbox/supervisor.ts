import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { SandboxClock } from './clock.ts';
import type { FromBot, ToBot } from './messages.ts';

/** As `GET /control/bot` shows it. */
export interface BotStatus {
  readonly state: 'stopped' | 'starting' | 'ready' | 'stopping' | 'backing off';
  readonly running: boolean;
  readonly pid: number | null;
  readonly http: string | null;
  /** How often it was started again after it died by itself. */
  readonly restarts: number;
  readonly last_exit: { readonly code: number | null; readonly signal: string | null } | null;
}

/** The bot ended before it was ready. The message is its own sentence, for the person who started it. */
export class BotFailed extends Error {
  override readonly name = 'BotFailed';
}

/** Something was asked of a bot that does not run. */
export class NoBot extends Error {
  override readonly name = 'NoBot';
}

const FIRST_BACK_OFF = 300;
const LONGEST_BACK_OFF = 10_000;
const GRACE = 5_000;

/**
 * Runs the bot's process as a container platform would: a bot that dies is started again after 300 ms,
 * then later and later while it fails. Its times are real ones, not the sandbox clock's.
 */
export class Supervisor {
  readonly #entry: string;
  readonly #env: (port: number) => NodeJS.ProcessEnv;
  readonly #clock: SandboxClock;
  readonly #log: Writable;
  readonly #listeners = new Set<(status: BotStatus) => void>();
  readonly #moves = new Map<number, () => void>();

  #child: ChildProcess | undefined;
  #state: BotStatus['state'] = 'stopped';
  #http: string | undefined;
  /** Kept from the first start on, so that the address outlives the process. */
  #port: number;
  #restarts = 0;
  #failures = 0;
  #lastExit: BotStatus['last_exit'] = null;
  #backOff: NodeJS.Timeout | undefined;
  #wanted = false;
  #move = 0;
  #launching: Promise<void> | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: {
    entry: string;
    env: (port: number) => NodeJS.ProcessEnv;
    port: number;
    clock: SandboxClock;
    log: Writable;
  }) {
    this.#entry = options.entry;
    this.#env = options.env;
    this.#port = options.port;
    this.#clock = options.clock;
    this.#log = options.log;
  }

  get status(): BotStatus {
    return {
      state: this.#state,
      running: this.#state === 'ready',
      pid: this.#child?.pid ?? null,
      http: this.#http ?? null,
      restarts: this.#restarts,
      last_exit: this.#lastExit,
    };
  }

  onChange(listener: (status: BotStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when the bot is ready; throws BotFailed when it ends before that, and leaves it stopped. */
  start(): Promise<void> {
    return this.#inTurn(() => this.#start());
  }

  /** Asks it to stop, and kills it after 5 s. */
  stop(): Promise<void> {
    return this.#inTurn(() => this.#stop(GRACE));
  }

  restart(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#stop(GRACE);
      await this.#start();
    });
  }

  /** Kills it, does what must happen while it is away, and starts it. */
  startOver(meanwhile: () => void): Promise<void> {
    return this.#inTurn(async () => {
      await this.#stop(0);
      meanwhile();
      await this.#start();
    });
  }

  /** kill -9. Resolves with the dead process's id; the next one is started as after any death. */
  async kill(): Promise<number> {
    const child = this.#child;
    if (!child?.pid) throw new NoBot('The bot is not running.');
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
    return child.pid;
  }

  /** Resolves when the bot lives by the clock's present offset (false: it runs but did not answer in 5 s). */
  async followClock(): Promise<boolean> {
    const child = this.#child;
    if (!child?.connected) return true;
    const move = ++this.#move;
    const followed = new Promise<true>((resolve) => this.#moves.set(move, () => resolve(true)));
    this.#send(child, { type: 'clock', offset: this.#clock.offset, move });
    const late = new AbortController();
    try {
      return await Promise.race([followed, pause(GRACE, false, { signal: late.signal })]);
    } finally {
      this.#moves.delete(move);
      late.abort();
    }
  }

  async #start(): Promise<void> {
    if (this.#state === 'ready') return;
    clearTimeout(this.#backOff);
    this.#wanted = true;
    try {
      await (this.#launching ?? this.#launch());
    } catch (error) {
      this.#wanted = false;
      clearTimeout(this.#backOff);
      this.#become('stopped');
      throw error;
    }
  }

  async #stop(grace: number): Promise<void> {
    this.#wanted = false;
    clearTimeout(this.#backOff);
    const child = this.#child;
    if (child) {
      this.#become('stopping');
      const exit = once(child, 'exit');
      const impatience = setTimeout(() => child.kill('SIGKILL'), grace);
      if (grace > 0) this.#send(child, { type: 'stop' });
      await exit;
      clearTimeout(impatience);
    }
    this.#become('stopped');
  }

  /** One process from fork to ready. Rejects when it ends before that. */
  #launch(): Promise<void> {
    this.#launching = this.#fork().finally(() => {
      this.#launching = undefined;
    });
    return this.#launching;
  }

  #fork(): Promise<void> {
    const child = fork(this.#entry, [String(this.#clock.offset)], {
      env: this.#env(this.#port),
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    child.stdout?.pipe(this.#log, { end: false });
    child.stderr?.pipe(this.#log, { end: false });
    this.#child = child;
    this.#become('starting');
    return new Promise((resolve, reject) => {
      let because: string | undefined;
      child.on('message', (message: FromBot) => {
        if (message.type === 'failed') because = message.because;
        else if (message.type === 'moved') this.#moves.get(message.move)?.();
        else {
          this.#ready(message.url);
          resolve();
        }
      });
      child.on('exit', (code, signal) => {
        this.#gone(code, signal);
        reject(
          new BotFailed(because ?? `The bot ended before it was ready (${signal ?? `exit code ${code}`}).`),
        );
      });
    });
  }

  #ready(url: string): void {
    this.#http = url;
    this.#port = Number(new URL(url).port);
    this.#failures = 0;
    this.#become('ready');
  }

  #gone(code: number | null, signal: string | null): void {
    this.#child = undefined;
    this.#lastExit = { code, signal };
    for (const followed of this.#moves.values()) followed();
    if (!this.#wanted) return;
    this.#become('backing off');
    const wait = Math.min(FIRST_BACK_OFF * 2 ** this.#failures, LONGEST_BACK_OFF);
    this.#failures += 1;
    this.#backOff = setTimeout(() => {
      this.#restarts += 1;
      // A failure here has already arranged the next attempt.
      this.#launch().catch(() => {});
    }, wait);
  }

  #become(state: BotStatus['state']): void {
    this.#state = state;
    for (const tell of this.#listeners) tell(this.status);
  }

  /** A process that dies at this moment is noticed by its exit. */
  #send(child: ChildProcess, message: ToBot): void {
    child.send(message, () => {});
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }
}
