import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { Refusal } from '../../core/refusal.ts';
import type { Opened } from './opened.ts';
import type { Tables } from './schema.ts';

const int8 = 20;

/**
 * A pool on a PostgreSQL. The server ends a transaction that idles for 5 s, so that a process that was
 * paused inside one does not keep its rows from the others.
 */
export function openPostgres(url: string): Opened {
  const pool = new pg.Pool({
    connectionString: url,
    max: 8,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 30_000,
    lock_timeout: 10_000,
    idle_in_transaction_session_timeout: 5_000,
    application_name: 'lamplighter',
    types: {
      // sequences and milliseconds stay far below 2^53
      getTypeParser: (oid, format) => (oid === int8 ? Number : pg.types.getTypeParser(oid, format)),
    },
  });
  // a connection that breaks while idle is replaced by the pool; nobody is waiting for it
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return {
    kind: 'postgres',
    place: placeOf(url),
    db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }),
    control: async (connection, word) => {
      await sql.raw(word).execute(connection);
    },
    // every replica works; leases tell them apart
    worker: { take: () => true, leave: () => {} },
    longestWait: 1_000,
  };
}

/** Where the store is, without user and password. */
export function placeOf(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname || 'localhost'}:${port || '5432'}${pathname}`;
}

/** Why the server cannot be used, for whoever starts the program. Never quotes the URL, which has the password. */
export function unreachable(url: string, error: unknown): Refusal {
  const code = errorCode(error);
  const why =
    code === '28P01' || code === '28000' ? 'it refused the user or the password' : code || 'no answer';
  return new Refusal(
    `PostgreSQL at ${placeOf(url)} cannot be used: ${why}.`,
    'Check DATABASE_URL and that the server runs.',
  );
}

/** SQLSTATE or the system's word (ECONNREFUSED), or an empty text. */
export function errorCode(error: unknown): string {
  if (error instanceof AggregateError) return errorCode(error.errors[0]);
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
