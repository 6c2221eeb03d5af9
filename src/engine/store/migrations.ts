import { type CreateTableBuilder, sql } from 'kysely';
import type { Db } from './schema.ts';

export type Kind = 'sqlite' | 'postgres';

/** One change of the schema. Never edited once released: a store somewhere has run it. */
type Migration = (db: Db, kind: Kind) => Promise<void>;

/** All of them in order; a store's schema version is how many it has run. */
export const migrations: readonly Migration[] = [first, lightsOut, deploys, followUps, deliveryLeases];

async function first(db: Db, kind: Kind): Promise<void> {
  const sequence = <T extends string, C extends string>(table: CreateTableBuilder<T, C>) =>
    kind === 'sqlite'
      ? table.addColumn('seq', 'integer', (column) => column.primaryKey().autoIncrement())
      : table.addColumn('seq', 'bigserial', (column) => column.primaryKey());

  await sequence(db.schema.createTable('operation'))
    .addColumn('key', 'text', (column) => column.notNull().unique())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('line', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('origin', 'text', (column) => column.notNull())
    .addColumn('plan', 'text', (column) => column.notNull())
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('approval', 'text')
    .addColumn('because', 'text')
    .addColumn('cancel', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('started_at', 'bigint')
    .addColumn('finished_at', 'bigint')
    .addColumn('due_at', 'bigint')
    .addColumn('reminded', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('owner', 'text')
    .addColumn('fence', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('lease_until', 'bigint')
    .addColumn('claims', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema.createIndex('operation_status').on('operation').columns(['status', 'seq']).execute();

  await db.schema
    .createTable('step')
    .addColumn('operation', 'bigint', (column) =>
      column.notNull().references('operation.seq').onDelete('cascade'),
    )
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('wave', 'integer', (column) => column.notNull())
    .addColumn('verb', 'text', (column) => column.notNull())
    .addColumn('ocid', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('before', 'text')
    .addColumn('receipt', 'text')
    .addColumn('note', 'text')
    .addColumn('started_at', 'bigint')
    .addColumn('finished_at', 'bigint')
    .addPrimaryKeyConstraint('step_pk', ['operation', 'position'])
    .execute();

  await db.schema
    .createTable('lock')
    .addColumn('ocid', 'text', (column) => column.primaryKey())
    .addColumn('operation', 'bigint', (column) =>
      column.notNull().references('operation.seq').onDelete('cascade'),
    )
    .execute();
  await db.schema.createIndex('lock_operation').on('lock').column('operation').execute();

  await sequence(db.schema.createTable('decision'))
    .addColumn('operation', 'bigint', (column) =>
      column.notNull().references('operation.seq').onDelete('cascade'),
    )
    .addColumn('key', 'text', (column) => column.notNull().unique())
    .addColumn('ruling', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('decision_operation').on('decision').column('operation').execute();

  await sequence(db.schema.createTable('message'))
    .addColumn('key', 'text', (column) => column.notNull().unique())
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('parent', 'text')
    .addColumn('report', 'text')
    .addColumn('broadcast', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('version', 'integer', (column) => column.notNull().defaultTo(1))
    .addColumn('settled', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('posted', 'text')
    .addColumn('tried_at', 'bigint')
    .addColumn('attempted_at', 'bigint')
    .addColumn('not_before', 'bigint', (column) => column.notNull().defaultTo(0))
    .addColumn('tries', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('why', 'text')
    .addColumn('sender', 'text')
    .addColumn('lease_until', 'bigint')
    .addColumn('settled_at', 'bigint')
    .execute();
  await sql`create index message_unsent on message (seq) where version > settled`.execute(db);

  await sequence(db.schema.createTable('delivery'))
    .addColumn('key', 'text', (column) => column.notNull().unique())
    .addColumn('payload', 'text')
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('done_at', 'bigint')
    .execute();
  await db.schema.createIndex('delivery_at').on('delivery').column('at').execute();

  await db.schema
    .createTable('audit')
    .addColumn('seq', 'bigint', (column) => column.primaryKey())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('event', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('operation', 'text')
    .addColumn('line', 'text')
    .addColumn('details', 'text', (column) => column.notNull())
    .addColumn('prev', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('audit_operation').on('audit').column('operation').execute();
  await appendOnly(db, kind);

  await db.schema
    .createTable('choice')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('line', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute();
}

/** The database itself refuses to change or delete an audit entry. */
async function appendOnly(db: Db, kind: Kind): Promise<void> {
  if (kind === 'sqlite') {
    for (const change of ['update', 'delete'])
      await sql
        .raw(
          `create trigger audit_no_${change} before ${change} on audit
           begin select raise(abort, 'the audit is append-only'); end`,
        )
        .execute(db);
    return;
  }
  await sql`create function audit_append_only() returns trigger language plpgsql as
    $$ begin raise exception 'the audit is append-only'; end $$`.execute(db);
  await sql`create trigger audit_append_only before update or delete or truncate on audit
    execute function audit_append_only()`.execute(db);
}

/** What schedules remember: see the docstrings of LightsTables. */
async function lightsOut(db: Db, kind: Kind): Promise<void> {
  await db.schema
    .createTable('memory')
    .addColumn('ocid', 'text', (column) => column.primaryKey())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('seen_at', 'bigint', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('memory_outcome').on('memory').column('outcome').execute();

  const keep = db.schema.createTable('keep');
  await (kind === 'sqlite'
    ? keep.addColumn('seq', 'integer', (column) => column.primaryKey().autoIncrement())
    : keep.addColumn('seq', 'bigserial', (column) => column.primaryKey())
  )
    .addColumn('key', 'text', (column) => column.notNull().unique())
    .addColumn('ocid', 'text', (column) => column.notNull())
    .addColumn('want', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('until', 'bigint', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('because', 'text')
    .execute();
  await db.schema.createIndex('keep_until').on('keep').column('until').execute();
  await db.schema.createIndex('keep_ocid').on('keep').columns(['ocid', 'seq']).execute();

  await db.schema
    .createTable('pause')
    .addColumn('policy', 'text', (column) => column.primaryKey())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('until', 'bigint', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('because', 'text')
    .execute();

  await db.schema
    .createTable('evening')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('open', 'integer', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();

  await db.schema
    .createTable('sample')
    .addColumn('policy', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('up', 'integer', (column) => column.notNull())
    .addColumn('total', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('sample_pk', ['policy', 'at'])
    .execute();

  await db.schema
    .createTable('dark')
    .addColumn('ocid', 'text', (column) => column.notNull())
    .addColumn('since', 'bigint', (column) => column.notNull())
    .addColumn('until', 'bigint')
    .addColumn('policy', 'text', (column) => column.notNull())
    .addColumn('per_hour', 'double precision')
    .addPrimaryKeyConstraint('dark_pk', ['ocid', 'since'])
    .execute();

  await db.schema
    .createTable('told')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
}

/** Steps that make things and steps that ask, the way back, and what was deployed. */
async function deploys(db: Db, kind: Kind): Promise<void> {
  for (const column of ['asks', 'memo', 'result'])
    await db.schema.alterTable('step').addColumn(column, 'text').execute();

  const word = db.schema.createTable('word');
  await (kind === 'sqlite'
    ? word.addColumn('seq', 'integer', (column) => column.primaryKey().autoIncrement())
    : word.addColumn('seq', 'bigserial', (column) => column.primaryKey())
  )
    .addColumn('operation', 'bigint', (column) =>
      column.notNull().references('operation.seq').onDelete('cascade'),
    )
    .addColumn('key', 'text', (column) => column.notNull().unique())
    .addColumn('says', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('because', 'text')
    .execute();
  await db.schema.createIndex('word_operation').on('word').columns(['operation', 'seq']).execute();

  await db.schema
    .createTable('release')
    .addColumn('app', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('operation', 'text', (column) => column.notNull().unique())
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text')
    .addColumn('finished_at', 'bigint')
    .addPrimaryKeyConstraint('release_pk', ['app', 'version'])
    .execute();

  await db.schema
    .createTable('hold')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('because', 'text', (column) => column.notNull())
    .execute();
}

/** What was left behind is finished by another operation. */
async function followUps(db: Db): Promise<void> {
  await db.schema.alterTable('operation').addColumn('follow_up', 'text').execute();
}

/** What came in is some process's for a while. */
async function deliveryLeases(db: Db): Promise<void> {
  await db.schema.alterTable('delivery').addColumn('lease_until', 'bigint').execute();
}
