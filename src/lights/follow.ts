import type { Operation } from '../core/operation.ts';
import { remember, settle } from '../core/schedule/deciding/remember.ts';
import type { Decision, Memory } from '../core/schedule/model.ts';
import type { Prices } from '../core/schedule/worth/worth.ts';
import type { Target } from '../core/target.ts';
import { sha256 } from '../engine/digest.ts';
import type { Change } from '../engine/schedules/memories.ts';
import { worthOf } from './accounts.ts';
import { type Firing, firingsOf, planOf } from './firing.ts';
import { type Ground, policiesByName } from './ground.ts';
import { rightsOf } from './rights.ts';
import { byOcid, type Sight } from './sight.ts';

/** What came of decisions. */
export interface Followed {
  /** By OCID, as they are now. */
  readonly memories: ReadonlyMap<string, Memory>;
  /** Those that were begun, by id. */
  readonly operations: ReadonlyMap<string, Operation>;
  /** By OCID why the rules did not let it be done. */
  readonly denied: ReadonlyMap<string, string>;
  /** Another process was quicker somewhere: what is there now has to be looked at again. */
  readonly overtaken: boolean;
}

/**
 * Carries decisions out: what acts becomes operations, each written down together with the edges that it
 * follows, so that no edge is followed twice or lost, whatever dies when.
 */
export async function follow(
  ground: Ground,
  decisions: readonly Decision[],
  sight: Sight,
  prices: Prices | undefined,
): Promise<Followed> {
  const { situation, texts } = sight;
  const policies = policiesByName(ground);
  const targets = byOcid(situation.targets);
  const memories = new Map(situation.memory);
  const operations = new Map<string, Operation>();
  const denied = new Map<string, string>();
  const changes: Change[] = [];
  const blank = situation.memory.size === 0 && (await ground.ledger.isBlank());
  const keep = (after: Memory, before: Memory | undefined) => {
    memories.set(after.ocid, after);
    if (after !== before) changes.push({ before: texts.get(after.ocid), after });
  };
  for (const decision of decisions) {
    const before = situation.memory.get(decision.ocid);
    if (decision.act !== 'nothing') continue;
    const after = remember(decision, before, situation.now);
    // what was there before the bot is not new
    keep(blank ? { ...after, settledIn: true } : after, before);
  }
  let overtaken = false;
  for (const firing of firingsOf(decisions, policies)) {
    const rights = rightsOf(firing, targets, ground);
    for (const { decision, because } of rights.denied) {
      const before = situation.memory.get(decision.ocid);
      denied.set(decision.ocid, because);
      keep(settle(remember(decision, before, situation.now), 'none', situation.now), before);
    }
    if (rights.allowed.length === 0) continue;
    const fired = await fire(
      ground,
      { ...firing, decisions: rights.allowed },
      { rights, targets, sight, prices },
    );
    if (!fired) overtaken = true;
    else {
      operations.set(fired.operation.id, fired.operation);
      for (const memory of fired.memories) memories.set(memory.ocid, memory);
    }
  }
  const written = await ground.ledger.remember(changes);
  return { memories, operations, denied, overtaken: overtaken || written.size < changes.length };
}

async function fire(
  { engine, deadlines, ledger }: Ground,
  firing: Firing,
  on: {
    readonly rights: ReturnType<typeof rightsOf>;
    readonly targets: ReadonlyMap<string, Target>;
    readonly sight: Sight;
    readonly prices: Prices | undefined;
  },
): Promise<{ readonly operation: Operation; readonly memories: readonly Memory[] } | undefined> {
  const { policy } = firing;
  const { situation, texts } = on.sight;
  const addresses = await ledger.addresses(firing.decisions.map(({ ocid }) => ocid));
  const plan = planOf(firing, { targets: on.targets, addresses, deadlines });
  const changes = firing.decisions.map((decision) => {
    const { perHour: _old, ...after } = remember(
      decision,
      situation.memory.get(decision.ocid),
      situation.now,
    );
    const target = on.targets.get(decision.ocid);
    const perHour = target && worthOf(target, decision, on.prices);
    return {
      before: texts.get(decision.ocid),
      after: { ...after, ...(perHour === undefined ? {} : { perHour }) },
    };
  });
  const operation = await engine.fire(
    {
      key: keyOf(firing),
      line: plan.line,
      actor: { kind: 'schedule', policy: policy.name },
      origin: policy.channel ? { kind: 'slack', channel: policy.channel } : { kind: 'terminal' },
      plan,
      asks: on.rights.asks,
      ...lapseOf(firing),
      rules: on.rights.rules,
    },
    changes,
  );
  return (
    operation && { operation, memories: changes.map(({ after }) => ({ ...after, operation: operation.id })) }
  );
}

/** When something else is wanted of one of them: a question about it is over by then. */
function lapseOf({ decisions }: Firing): { readonly until?: number } {
  const nexts = decisions.flatMap(({ next }) => (next && next.want !== 'any' ? [next.at] : []));
  return nexts.length > 0 ? { until: Math.min(...nexts) } : {};
}

/** The same for the same acts at the same edge for the same time, whoever decides them and when. */
function keyOf({ policy, direction, edge, decisions }: Firing): string {
  const each = decisions.map(({ ocid, act, size = '', attempt }) => `${ocid} ${act} ${size} ${attempt}`);
  return `schedule:${policy.name}:${direction}:${edge}:${sha256(each.sort().join('\n')).slice(0, 32)}`;
}
