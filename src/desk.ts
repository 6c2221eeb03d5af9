import type { Check, Look, NamedCommand } from './command.ts';
import { type Actor, actorIds } from './core/actor.ts';
import type { Clock } from './core/clock.ts';
import type { CloudReader } from './core/cloud.ts';
import type { Rule } from './core/policy.ts';
import type { Choices } from './engine/choices.ts';
import type { Engine } from './engine/engine.ts';
import type { Holds } from './engine/holds.ts';
import type { Outbox } from './engine/mail/outbox.ts';
import type { Lights } from './lights/lights.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

/** Everything that handling a line stands on, wired once in main. */
export interface Desk {
  readonly commands: readonly NamedCommand[];
  readonly cloud: CloudReader;
  readonly engine: Engine;
  readonly outbox: Outbox;
  readonly choices: Choices;
  readonly lights: Lights;
  readonly deploys: Look['deploys'];
  readonly holds: Holds;
  readonly rules: readonly Rule[];
  readonly breakGlass: BreakGlass | undefined;
  readonly deadlines: Look['deadlines'];
  /** The channel for what everybody should hear, and for requests made out of sight. */
  readonly announce: string | undefined;
  readonly people: People;
  readonly checks: () => readonly Check[];
  readonly checkFile: Look['checkFile'];
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** Who may run a waiting operation without its approvals, and the channel that is told. */
export interface BreakGlass {
  readonly who: readonly string[];
  readonly announce: string;
}

/** Who is behind a user group id, where somebody knows. */
export interface People {
  members(group: string): Promise<readonly string[] | undefined>;
}

export function isOneOf(who: readonly string[], actor: Actor): boolean {
  return actorIds(actor).some((id) => who.includes(id));
}
