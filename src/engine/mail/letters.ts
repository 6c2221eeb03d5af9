import type { Letter } from '../../core/letter.ts';
import type { Operation } from '../../core/operation.ts';
import type { Db } from '../store/schema.ts';

/** Puts a letter inside the transaction of what it tells, or newer content under its key. */
export async function putLetter(db: Db, letter: Letter): Promise<void> {
  await upsert(db, letter, JSON.stringify(letter.report));
}

/** An operation's own message: its content is described when it is sent, so it is never out of date. */
export async function putOperation(
  db: Db,
  operation: Pick<Operation, 'id'>,
  to: Letter['to'] | undefined,
): Promise<void> {
  if (to) await upsert(db, { key: operation.id, to }, null);
}

/** The operation changed: its message, if it has one, is due again. */
export async function touchOperation(db: Db, id: string): Promise<void> {
  await db
    .updateTable('message')
    .set((row) => ({ version: row('version', '+', 1), tries: 0 }))
    .where('key', '=', id)
    .execute();
}

async function upsert(db: Db, letter: Omit<Letter, 'report'>, report: string | null): Promise<void> {
  const content = {
    address: JSON.stringify(letter.to),
    parent: letter.to.kind === 'thread' ? letter.to.of : null,
    report,
    broadcast: letter.broadcast ? 1 : 0,
  };
  await db
    .insertInto('message')
    .values({ key: letter.key, ...content, version: 1, settled: 0, not_before: 0, tries: 0 })
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet((row) => ({ ...content, version: row('message.version', '+', 1), tries: 0 }))
        // the same again is no news
        .where(({ eb, or }) =>
          or([
            eb('message.report', 'is', null),
            eb('message.report', '!=', report),
            eb('message.address', '!=', content.address),
          ]),
        ),
    )
    .execute();
}
