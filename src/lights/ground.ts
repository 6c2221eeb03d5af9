import type { Ask } from '../core/approval.ts';
import type { Clock } from '../core/clock.ts';
import type { CloudReader } from '../core/cloud.ts';
import type { Letter } from '../core/letter.ts';
import type { Act } from '../core/lifecycle.ts';
import type { Rule } from '../core/policy.ts';
import type { TagSchedules } from '../core/schedule/deciding/situation.ts';
import type { Policy } from '../core/schedule/model.ts';
import type { Rates } from '../core/schedule/worth/rates.ts';
import type { Choices } from '../engine/choices.ts';
import type { Engine } from '../engine/engine.ts';
import type { Ledger } from '../engine/schedules/ledger.ts';
import type { Log } from '../log.ts';

/** How a look ended: overtaken by another process, it leaves something untold, which the next look sees. */
export type LookOutcome = 'done' | 'overtaken';

/** What schedules stand on. */
export interface Ground {
  readonly cloud: CloudReader;
  readonly engine: Engine;
  readonly ledger: Ledger;
  readonly choices: Choices;
  readonly post: (letter: Letter) => Promise<void>;
  readonly policies: readonly Policy[];
  /** Absent where schedules in tags are not followed. */
  readonly tags?: TagSchedules;
  /** IANA: of times that name none. */
  readonly zone?: string;
  readonly rates?: Rates;
  readonly rules: readonly Rule[];
  /** Who is asked where a schedule would do more than it may without a person. */
  readonly ask?: Ask;
  /** Milliseconds that one step of each act may take. */
  readonly deadlines: Readonly<Record<Act, number>>;
  readonly clock: Clock;
  readonly log: Log;
  /** Told after each look whether it was one. */
  readonly onLook?: (outcome: LookOutcome | 'failed') => void;
}

/** Every policy by its name, the one for tags among them, in the order of the files. */
export function policiesByName({
  policies,
  tags,
}: Pick<Ground, 'policies' | 'tags'>): ReadonlyMap<string, Policy> {
  return new Map([...policies, ...(tags ? [tags.policy] : [])].map((policy) => [policy.name, policy]));
}
