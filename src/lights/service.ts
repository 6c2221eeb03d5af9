import { schedule } from 'node-cron';
import { type Actor, actorId } from '../core/actor.ts';
import { Refusal } from '../core/refusal.ts';
import { policiesAbout } from '../core/schedule/deciding/about.ts';
import { decide } from '../core/schedule/deciding/decide.ts';
import type { Pause } from '../core/schedule/model.ts';
import type { Keeps } from '../engine/schedules/keeps.ts';
import { type Ground, policiesByName } from './ground.ts';
import type { Lights } from './lights.ts';
import { look } from './look.ts';
import { unentitled } from './rights.ts';
import { planRun } from './running.ts';
import { settleAll } from './settle.ts';
import { sightOf } from './sight.ts';

/** Schedules that act by themselves. */
export interface LightsService extends Lights {
  /** Follows the timetables from now on, if there are any, wherever the engine works. What was missed meanwhile is caught up, once. */
  start(): void;
  stop(): Promise<void>;
}

const minute = 60_000;

export function createLights(ground: Ground, keeps: Pick<Keeps, 'running'>): LightsService {
  const ticker = new Ticker(ground);
  const policyOf = (name: string) => {
    const policy = policiesByName(ground).get(name);
    if (policy) return policy;
    throw new Refusal(`There is no policy ${name}.`, 'Policies stand under policies: in lamplighter.yml.');
  };
  const write = async (pause: Pause, event: string, by: Actor): Promise<Pause> => {
    const { policy, at, until, because } = pause;
    await ground.ledger.pause(pause, {
      at,
      event,
      actor: actorId(by),
      line: `schedule ${event === 'paused' ? 'pause' : 'resume'} ${policy}`,
      details: { policy, until, ...(because === undefined ? {} : { because }) },
    });
    ticker.wake();
    return pause;
  };
  const lights: LightsService = {
    policies: ground.policies,
    ...(ground.tags ? { tags: ground.tags.policy } : {}),
    ...(ground.zone === undefined ? {} : { zone: ground.zone }),
    about: (target) => policiesAbout(ground, target),
    async decide(targets, at) {
      const { situation } = await sightOf(ground, { targets, missing: [] });
      return decide(at === undefined ? situation : { ...situation, now: at, busy: new Set() });
    },
    unentitled: (policy, targets) => unentitled(policy, targets, ground.rules),
    keeps: () => keeps.running(),
    async pauses() {
      const now = ground.clock.now();
      return (await ground.ledger.pauses()).filter(({ until }) => until > now);
    },
    async memory(ocids) {
      const remembered = await ground.ledger.memories(ocids);
      return new Map([...remembered].map(([ocid, { memory }]) => [ocid, memory]));
    },
    addresses: (ocids) => ground.ledger.addresses(ocids),
    plan: (cloud, policy, want) => planRun(ground, { cloud, lights }, policyOf(policy), want),
    async pause(policy, until, by, because) {
      const at = ground.clock.now();
      if (policyOf(policy).protects)
        throw new Refusal(
          `${policy} protects its resources, which has no hours to pause.`,
          'Take them out of it in its file.',
        );
      const pause = { policy: policyOf(policy).name, until, at, by: actorId(by) };
      return write({ ...pause, ...(because === undefined ? {} : { because }) }, 'paused', by);
    },
    async resume(policy, by) {
      const now = ground.clock.now();
      const { name } = policyOf(policy);
      const running = (await ground.ledger.pauses()).find((each) => each.policy === name && each.until > now);
      if (!running) throw new Refusal(`${name} is not paused.`, 'See what holds with: schedule list');
      return write({ ...running, until: now }, 'resumed', by);
    },
    start: () => {
      if (ground.policies.length > 0 || ground.tags) ticker.start();
    },
    stop: () => ticker.stop(),
  };
  return lights;
}

/**
 * Looks whenever something may have to be done: at the moments that the last look named, when an operation
 * has changed, and each minute at what other processes wrote. node-cron beats by the machine’s own clock,
 * which goes on where a sleep by the bot’s clock was lost.
 */
class Ticker {
  readonly #ground: Ground;
  readonly #halt = new AbortController();
  #rest = new AbortController();
  #next = 0;
  #pulse = '';
  #over: Promise<void> | undefined;
  #quiet: () => void = () => {};

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  start(): void {
    if (this.#over) return;
    const beat = schedule('* * * * *', () => this.wake());
    const deaf = this.#ground.engine.onChange(() => this.wake());
    this.#quiet = () => {
      void beat.destroy();
      deaf();
    };
    this.#over = this.#run();
  }

  async stop(): Promise<void> {
    this.#halt.abort();
    this.#rest.abort();
    this.#quiet();
    await this.#over;
  }

  /** Something happened: it is looked at now rather than at the next moment. */
  wake(): void {
    this.#rest.abort();
  }

  async #run(): Promise<void> {
    const { clock, log } = this.#ground;
    while (!this.#halt.signal.aborted) {
      // what happens from here on is not seen by this round, and wakes the next one
      this.#rest = new AbortController();
      const until = await this.#round().catch((error: unknown) => {
        this.#ground.onLook?.('failed');
        log.warn({ err: error }, 'schedules could not be looked at; I try again within a minute');
        return clock.now() + minute / 2;
      });
      if (this.#halt.signal.aborted) return;
      await clock.sleep(Math.max(0, until - clock.now()), this.#rest.signal);
    }
  }

  /** Answers until when to rest. */
  async #round(): Promise<number> {
    const { clock, engine, ledger } = this.#ground;
    const beat = clock.now() + minute;
    if (!engine.working) return beat;
    const ended = await settleAll(this.#ground);
    const pulse = await ledger.pulse();
    if (ended || pulse !== this.#pulse || clock.now() >= this.#next) {
      const { outcome, next } = await look(this.#ground);
      this.#next = next;
      this.#pulse = pulse;
      this.#ground.onLook?.(outcome);
    }
    return Math.min(beat, this.#next);
  }
}
