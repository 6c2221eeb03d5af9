import type { Verb, Verbs } from '../../src/core/verb.ts';
import type { Store } from '../../src/engine/store/store.ts';

/** Whether a process is alive. It can be made to die at its nth call of the store or of OCI from now on. */
export class Life {
  #left = Number.POSITIVE_INFINITY;

  get over(): boolean {
    return this.#left <= 0;
  }

  endAfter(calls: number): void {
    this.#left = calls;
  }

  /** A call goes out. The dead make none, and no answer reaches them. */
  async call<T>(make: () => Promise<T>): Promise<T> {
    this.#left -= 1;
    this.check();
    const answer = await make();
    this.check();
    return answer;
  }

  check(): void {
    if (this.over) throw new Error('this process is dead');
  }
}

/** A store that a process may die at, in its transactions too. */
export function mortalStore(store: Store, life: Life): Store {
  return {
    ...store,
    read: (look, patience) => life.call(() => store.read(look, patience)),
    write: (change, patience) =>
      life.call(() =>
        store.write(async (db) => {
          const changed = await change(db);
          life.check();
          return changed;
        }, patience),
      ),
  };
}

/** Acts and looks that a process may die at. */
export function mortalVerbs(verbs: Verbs, life: Life): Verbs {
  const mortal = (verb: Verb): Verb => ({
    ...verb,
    act: (step, context) => life.call(() => verb.act(step, context)),
    observe: (step, receipt, context) => life.call(() => verb.observe(step, receipt, context)),
  });
  return Object.fromEntries(Object.entries(verbs).map(([name, verb]) => [name, mortal(verb)]));
}
