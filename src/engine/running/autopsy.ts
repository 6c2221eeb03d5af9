import type { Log } from '../../core/deploy/news.ts';
import { suspectsOf } from '../../core/deploy/suspects.ts';
import { CloudError } from '../../core/fault.ts';
import type { Target } from '../../core/target.ts';
import { operationOf } from '../operations.ts';
import type { Room } from '../room.ts';
import { seqOf } from '../store/records.ts';
import { type Hand, unlessHalted } from './hand.ts';
import type { Journal } from './journal.ts';

/**
 * Tells the last log lines of what did not get well, before it is deleted. It is done beside the way back, which waits
 * for nothing here; and what cannot be read is not told. Never rejects.
 */
export async function tellWhy(room: Room, journal: Journal, hand: Hand): Promise<void> {
  try {
    const operation = await room.store.read((db) => operationOf(db, seqOf(journal.id) ?? 0));
    const logs = await Promise.all(suspectsOf(operation).map((each) => logsOf(room, each, hand)));
    const written = logs.flat().filter(({ text }) => text.trim() !== '');
    if (written.length > 0) await journal.found(written);
  } catch (error) {
    room.log.warn({ operation: journal.id, reason: String(error) }, 'logs of a failed deploy were not told');
  }
}

async function logsOf({ logs: read }: Room, target: Target, hand: Hand): Promise<readonly Log[]> {
  if (!read) return [];
  try {
    const logs = await unlessHalted(hand, () => read(target, { previous: false }));
    return logs.map(({ container, text }) => ({ of: `${target.name} ${container}`, text }));
  } catch (error) {
    if (error instanceof CloudError) return [];
    throw error;
  }
}
