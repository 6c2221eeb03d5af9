import type { Letter } from '../core/letter.ts';
import { eveningReport } from '../core/schedule/reports/evening-report.ts';
import { morningReport } from '../core/schedule/reports/morning-report.ts';
import type { Prices } from '../core/schedule/worth/worth.ts';
import type { Page } from '../engine/schedules/pages.ts';
import { chartOf, savedBy } from './accounts.ts';
import type { Ground } from './ground.ts';
import { isOpen, type Sheet } from './sheet.ts';

/** The sheets among pages that are kept up to date. */
export function sheetsIn(pages: readonly Page[]): readonly Sheet[] {
  return pages.flatMap(({ key, value }) => (key.startsWith('evening:') ? [JSON.parse(value) as Sheet] : []));
}

/**
 * Stores the sheets that have changed, each with what tells its channel. Answers whether all were: a page that
 * another process has changed since stays as that left it.
 */
export async function publish(
  ground: Ground,
  sheets: readonly Sheet[],
  pages: readonly Page[],
  prices: Prices | undefined,
): Promise<boolean> {
  const known = new Map(pages.map((page) => [page.key, page]));
  const now = ground.clock.now();
  let all = true;
  for (const sheet of sheets) {
    const before = known.get(sheet.key);
    const open = isOpen(sheet, now);
    if (before && before.open === open && before.value === JSON.stringify(sheet)) continue;
    const letter = await letterOf(ground, sheet, prices);
    const value = JSON.stringify({ ...sheet, told: letter !== undefined || sheet.told });
    const turned = await ground.ledger.turn(
      sheet.key,
      (found) => (found === before?.value ? { at: sheet.at, open, value } : undefined),
      letter,
    );
    if (turned?.value !== value) all = false;
  }
  return all;
}

/** Evenings are always told of, mornings when something is not up; who was told of that is told how it went on. */
async function letterOf(
  ground: Ground,
  sheet: Sheet,
  prices: Prices | undefined,
): Promise<Letter | undefined> {
  const report =
    sheet.direction === 'down'
      ? eveningReport({ ...sheet, ...(await extrasOf(ground, sheet, prices)) })
      : (morningReport(sheet) ?? (sheet.told ? eveningReport(sheet) : undefined));
  return report && { key: sheet.key, to: { kind: 'channel', channel: sheet.channel }, report };
}

/** What it comes to, once it is over. */
async function extrasOf(ground: Ground, sheet: Sheet, prices: Prices | undefined) {
  if (sheet.state !== 'over') return {};
  const [saved, chart] = await Promise.all([savedBy(ground, sheet, prices), chartOf(ground, sheet)]);
  return { ...(saved ? { saved } : {}), ...(chart ? { chart } : {}) };
}
