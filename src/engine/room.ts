import type { Clock } from '../core/clock.ts';
import type { CloudReader, Glance } from '../core/cloud.ts';
import type { News } from '../core/deploy/news.ts';
import type { Address, Letter } from '../core/letter.ts';
import type { Operation } from '../core/operation.ts';
import type { Verbs } from '../core/verb.ts';
import type { Log } from '../log.ts';
import type { Lanes } from './running/pace.ts';
import type { Turns } from './running/turns.ts';
import type { Store } from './store/store.ts';

/** What decides where an operation's message stands. */
export interface Addressed extends Pick<Operation, 'actor' | 'origin'> {
  /** Whether others must approve it, and so must see it. */
  readonly asked: boolean;
}

/** What everything in the engine stands on. */
export interface Room {
  readonly store: Store;
  readonly verbs: Verbs;
  readonly read: CloudReader['read'];
  readonly glance: Glance;
  readonly clock: Clock;
  readonly log: Log;
  readonly lanes: Lanes;
  readonly turns: Turns;
  /** Where an operation's message goes; undefined: nowhere, whoever asked looks by themselves. */
  readonly addressOf: (operation: Addressed) => Address | undefined;
  /** What is told beside the operation's own message, in the transaction of what it tells of; nothing if absent. */
  readonly tells?: (operation: Operation, news: News, own: Address | undefined) => readonly Letter[];
  /** Logs of what a deploy has made and did not get well; none are told if absent. */
  readonly logs?: CloudReader['logs'];
  readonly options: EngineOptions;
}

/** Milliseconds, unless it says otherwise. */
export interface EngineOptions {
  /** Between looks at the queue, for what other processes put there; real time. */
  readonly poll: number;
  /** How long a silent process is believed to live, and how often it speaks; real time, PostgreSQL only. */
  readonly lease: number;
  readonly beat: number;
  /** Acts of one verb in one region that are sent at once. What only looks keeps the pace of the cloud itself. */
  readonly concurrency: number;
  /** Steps of one operation that are under way side by side: nearly all of them wait. */
  readonly underWay: number;
  /** How often one step may call OCI. */
  readonly attempts: number;
  /** Between looks at a step under way: from the first to the longest wait. */
  readonly observe: { readonly first: number; readonly longest: number };
  /** How long a call whose reply was lost may take to show before it is made again. */
  readonly settle: number;
  /** Whether those who are asked are reminded. */
  readonly reminders: boolean;
  /** How long targets are tried to be read before an operation starts. */
  readonly verifyWithin: number;
}

export const defaultOptions: EngineOptions = {
  poll: 250,
  lease: 15_000,
  beat: 5_000,
  concurrency: 20,
  underWay: 2_000,
  attempts: 40,
  observe: { first: 1_000, longest: 10_000 },
  settle: 2_000,
  reminders: true,
  verifyWithin: 10 * 60_000,
};
