import { bareLine } from '../explain.ts';
import { frontOf } from '../front.ts';
import { parse } from '../pipeline.ts';
import type { Works } from '../program/wiring.ts';
import type { Reply } from '../request.ts';
import { readerIn } from './files.ts';
import type { Bot } from './ports.ts';

/** How long calls that are out are waited for when the terminal leaves, in milliseconds. */
const patience = 10_000;

/**
 * The product as the terminal uses it. The engine starts with the first operation: a line that only
 * looks must not take up what another process left.
 */
export function botOn(
  { desk, close }: Pick<Works, 'desk' | 'close'>,
  { folder, cwd }: { readonly folder: string; readonly cwd: string },
): Bot {
  const front = frontOf(desk);
  let working: Promise<void> | undefined;
  const worked = async (reply: Promise<Reply>) => {
    const { operation } = await reply;
    if (operation) working ??= desk.engine.start();
    await working;
    return reply;
  };
  return {
    commands: front.commands,
    clock: desk.clock,
    folder,
    changes: (line) => {
      try {
        const { command, dryRun } = parse(desk, { line: bareLine(line) });
        return command.type === 'change' && !dryRun;
      } catch {
        return false;
      }
    },
    handle: (request) => worked(front.handle({ ...request, readFile: readerIn(cwd) })),
    choose: (request) => worked(front.choose(request)),
    suggest: (request) => front.suggest(request),
    operation: (id) => desk.engine.get(id),
    onChange: (listener) => desk.engine.onChange(listener),
    stop: async () => {
      if (working) await desk.engine.stop(patience);
      await close();
    },
  };
}
