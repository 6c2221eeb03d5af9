import { errorCode } from './postgres.ts';
import { sqliteCode } from './sqlite.ts';

/** Connection and shutdown classes of PostgreSQL, conflicts that a second try settles, and the system's own words. */
const away = /^(08...|57P0[123]|57014|53300|25P03|40001|40P01|55P03|E[A-Z_]+)$/;

/** What pg throws without a code when a connection ends under a query or none is to be had. */
const broken =
  /Connection terminated|connection timeout|timeout exceeded when trying to connect|not queryable/i;

/** Whether the store may take the same transaction later: away, busy, full, or in conflict. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (/^SQLITE_(BUSY|LOCKED|FULL|IOERR)/.test(sqliteCode(error))) return true;
  const code = errorCode(error);
  return code === '' ? broken.test(error.message) : away.test(code);
}
