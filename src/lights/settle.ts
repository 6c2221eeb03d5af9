import { directionOf } from '../core/schedule/deciding/flips.ts';
import type { Memory } from '../core/schedule/model.ts';
import { pricesFor } from './accounts.ts';
import type { Ground } from './ground.ts';
import { publish, sheetsIn } from './pages.ts';
import { settled, standingIn } from './settling.ts';
import { longest, type Sheet } from './sheet.ts';
import { refreshed } from './sheets.ts';

/**
 * Writes down how the operations of schedules have ended, and brings the open reports up to date. Asks the
 * store alone. Answers whether anything ended, so that what waited for it has its turn, or was told of meanwhile.
 */
export async function settleAll(ground: Ground): Promise<boolean> {
  const { ledger, clock } = ground;
  const pending = await ledger.pending();
  const pages = (await ledger.pages(clock.now())).filter(({ open }) => open);
  const sheets = sheetsIn(pages);
  const moving = sheets.flatMap(({ rows }) => rows.filter(isMoving).map(({ ocid }) => ocid));
  const remembered = new Map([...(await ledger.memories([...new Set(moving)])), ...pending]);
  const operations = await ledger.operations(
    [...remembered.values()].flatMap(({ memory }) => memory.operation ?? []),
  );
  const now = clock.now();
  const changes = [...pending.values()].flatMap(({ memory, text }) => {
    const after = settled(memory, operations.get(memory.operation ?? ''), now);
    return after ? [{ before: text, after }] : [];
  });
  for (const { memory } of pending.values())
    await account(ground, memory, standingIn(operations.get(memory.operation ?? ''), memory.ocid));
  await ledger.remember(changes);
  const memories = new Map([...remembered].map(([ocid, { memory }]) => [ocid, memory]));
  for (const { after } of changes) memories.set(after.ocid, after);
  const all = sheets.map((sheet) => refreshed(sheet, { memories, operations }));
  // what is over is told by the look that follows, which knows what runs now
  const going = all.filter(({ state }) => state !== 'over');
  const told = await publish(ground, going, pages, undefined);
  // but by then another edge of what was under way for so long has come
  const late = all.filter(({ state, at }) => state === 'over' && now - at > longest);
  if (late.length > 0) await publish(ground, late, pages, await pricesFor(ground));
  return changes.length > 0 || !told;
}

function isMoving({ outcome }: Sheet['rows'][number]): boolean {
  return outcome === 'waiting' || outcome === 'running' || outcome === 'failed';
}

/** What is off by schedule from now on, and what no longer is. Said again it changes nothing. */
async function account(
  { ledger }: Ground,
  { ocid, want, policy, perHour }: Memory,
  { state, at }: ReturnType<typeof standingIn>,
): Promise<void> {
  if (state !== 'done' || at === undefined) return;
  if (directionOf(want) === 'up') return ledger.lighten([ocid], at);
  await ledger.darken({ ocid, since: at, policy, ...(perHour === undefined ? {} : { perHour }) });
}
