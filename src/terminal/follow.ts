import { isFinal, type Operation } from '../core/operation.ts';
import type { Bot } from './ports.ts';

/** Another process may be at work on the operation: its changes are seen by looking. */
const interval = 250;

/** The operation each time it has changed, until it is final, waits for an approval, or the signal aborts. */
export async function* follow(
  bot: Pick<Bot, 'operation' | 'onChange' | 'clock'>,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<Operation> {
  let seen = '';
  while (!signal.aborted) {
    const change = nextChange(bot, signal);
    const operation = await bot.operation(id);
    const now = JSON.stringify(operation);
    if (operation && now !== seen) yield operation;
    seen = now;
    if (!operation || isFinal(operation.status) || operation.status === 'waiting') {
      change.cancel();
      return;
    }
    await change.happened;
  }
}

/** Listens before looking, so that nothing is missed in between. */
function nextChange(bot: Pick<Bot, 'onChange' | 'clock'>, signal: AbortSignal) {
  const pause = new AbortController();
  const unlisten = bot.onChange(() => pause.abort());
  const happened = bot.clock.sleep(interval, AbortSignal.any([signal, pause.signal])).then(unlisten);
  return { happened, cancel: () => pause.abort() };
}
