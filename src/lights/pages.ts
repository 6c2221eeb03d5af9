import { eveningReport } from '../core/schedule/evening-report.ts';
import { morningReport } from '../core/schedule/morning-report.ts';
import type { Prices } from '../core/schedule/worth.ts';
import type { Page } from '../engine/ledger.ts';
import { chartOf, savedBy } from './accounts.ts';
import type { Ground } from './ground.ts';
import { isOpen, type Sheet } from './sheets.ts';

/** The sheets among pages that are kept up to date. */
export function sheetsIn(pages: readonly Page[]): readonly Sheet[] {
  return pages.flatMap(({ key, value }) => (key.startsWith('evening:') ? [JSON.parse(value) as Sheet] : []));
}

/** Stores the sheets that are not as their pages have them, or are open or closed since, and tells their channels. */
export async function publish(
  ground: Ground,
  sheets: readonly Sheet[],
  before: readonly Page[],
  prices: Prices | undefined,
): Promise<void> {
  const known = new Map(before.map((page) => [page.key, page]));
  const now = ground.clock.now();
  for (const sheet of sheets) {
    const open = isOpen(sheet, now);
    const page = known.get(sheet.key);
    if (page?.open === open && page.value === JSON.stringify(sheet)) continue;
    const told = (await tell(ground, sheet, prices)) || sheet.told;
    await ground.ledger.turn(sheet.key, () => ({
      at: sheet.at,
      open,
      value: JSON.stringify({ ...sheet, told }),
    }));
  }
}

/** Evenings are always told of, mornings when something is not up; who was told of that is told how it went on. */
async function tell(ground: Ground, sheet: Sheet, prices: Prices | undefined): Promise<boolean> {
  const report =
    sheet.direction === 'down'
      ? eveningReport({ ...sheet, ...(await extrasOf(ground, sheet, prices)) })
      : (morningReport(sheet) ?? (sheet.told ? eveningReport(sheet) : undefined));
  if (!report) return false;
  await ground.post({ key: sheet.key, to: { kind: 'channel', channel: sheet.channel }, report });
  return true;
}

/** What it comes to, once it is over. */
async function extrasOf(ground: Ground, sheet: Sheet, prices: Prices | undefined) {
  if (sheet.state !== 'over') return {};
  const [saved, chart] = await Promise.all([savedBy(ground, sheet, prices), chartOf(ground, sheet)]);
  return { ...(saved ? { saved } : {}), ...(chart ? { chart } : {}) };
}
