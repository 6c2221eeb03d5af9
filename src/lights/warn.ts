import type { Letter } from '../core/letter.ts';
import type { Action } from '../core/report.ts';
import { decide } from '../core/schedule/deciding/decide.ts';
import type { Situation } from '../core/schedule/deciding/situation.ts';
import type { Decision } from '../core/schedule/model.ts';
import { warningReport } from '../core/schedule/reports/warning-report.ts';
import type { Page } from '../engine/schedules/pages.ts';
import { type Ground, policiesByName } from './ground.ts';
import { byOcid, runningKeeps } from './sight.ts';
import { type Coming, comingStops, type Offer, offersOf } from './warnings.ts';

/** A warning as it was given: its buttons keep the keys that they were posted with. */
interface Given {
  readonly coming: Omit<Coming, 'targets' | 'ending'>;
  readonly madeAt: number;
  readonly offers: readonly Offer[];
  readonly keys: readonly string[];
  readonly extends: boolean;
}

/** Warns channels of the stops that are close, and takes the buttons off the warnings that are over. */
export async function warn(
  ground: Ground,
  decisions: readonly Decision[],
  situation: Situation,
  pages: readonly Page[],
): Promise<void> {
  const { now } = situation;
  const open = pages.filter((page) => page.open && page.key.startsWith('warning:'));
  const coming = comingStops(decisions, {
    now,
    policies: policiesByName(ground),
    targets: byOcid(situation.targets),
    keeps: runningKeeps(situation),
    given: open.filter(({ at }) => at > now).map(({ value }) => (JSON.parse(value) as Given).coming),
    decideAt: (moment) => decide({ ...situation, now: moment, busy: new Set() }),
  });
  for (const each of coming) await give(ground, each, situation);
  for (const page of open) if (page.at <= now) await close(ground, page);
}

async function give(ground: Ground, coming: Coming, { targets: known, now }: Situation): Promise<void> {
  const { targets, ending, ...said } = coming;
  const key = `warning:${said.channel}:${said.at}`;
  const page = await ground.ledger.page(key);
  if (!page && targets.length === 0) return;
  const before = page && (JSON.parse(page.value) as Given);
  const madeAt = before?.madeAt ?? now;
  const { keep, extend } = offersOf({ ...said, targets, ending }, known, madeAt);
  const offers = [...keep, ...(extend ? [extend] : [])];
  const same = before && JSON.stringify(before.offers) === JSON.stringify(offers);
  const keys = same
    ? before.keys
    : await ground.choices.offer(
        offers.map(({ line }) => line),
        // what it offers later is no longer tonight's: the resources may be off by then
        said.at,
      );
  const given: Given = { coming: said, madeAt, offers, keys, extends: extend !== undefined };
  const value = JSON.stringify(given);
  if (page?.value === value) return;
  // where another process has warned meanwhile, its buttons stay
  await ground.ledger.turn(
    key,
    (found) => (found === page?.value ? { at: said.at, open: true, value } : undefined),
    letterOf(key, given),
  );
}

/** Its buttons are no longer for what it says. */
async function close(ground: Ground, { key, at, value }: Page): Promise<void> {
  const given = JSON.parse(value) as Given;
  const over = { ...given, offers: [], keys: [], extends: false };
  await ground.ledger.turn(
    key,
    (found) => (found === value ? { at, open: false, value } : undefined),
    letterOf(key, over),
  );
}

function letterOf(key: string, given: Given): Letter {
  const actions = given.offers.map(
    ({ label }, at): Action => ({ type: 'button', id: 'run', label, value: given.keys[at] ?? '' }),
  );
  const extend = given.extends ? actions.at(-1) : undefined;
  const report = warningReport({
    ...given.coming,
    actions: given.extends ? actions.slice(0, -1) : actions,
    ...(extend ? { extend } : {}),
  });
  return { key, to: { kind: 'channel', channel: given.coming.channel }, report };
}
