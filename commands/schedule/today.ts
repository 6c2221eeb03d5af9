import { type Look, query } from '../../src/command.ts';
import { gapsIn } from '../../src/core/gaps.ts';
import type { Block } from '../../src/core/report.ts';
import { instantOfDay, localDay } from '../../src/core/schedule/clock/zone.ts';
import type { Decision } from '../../src/core/schedule/model.ts';
import { showPause, showWant } from '../../src/core/schedule/show.ts';
import { showMomentTwice } from '../../src/core/schedule/until.ts';
import { everything } from '../../src/core/selector.ts';
import type { Target } from '../../src/core/target.ts';
import { zoneOf } from '../../src/targets.ts';

/** Resources that go the same way at the same moment by the same policy. */
interface Turn {
  readonly at: number;
  readonly zone: string;
  readonly policy: string;
  readonly want: string;
  readonly targets: readonly Target[];
}

export default query({
  summary: 'Show what goes up and down until midnight, by time',
  examples: ['schedule today'],
  async run(_, look) {
    const { targets, missing } = await look.cloud.find(everything);
    const [turns, pauses] = await Promise.all([turnsOf(look, targets), look.lights.pauses()]);
    const about = new Set(turns.flatMap((turn) => turn.targets.map(({ ocid }) => ocid))).size;
    return {
      title:
        turns.length === 0
          ? 'Nothing goes up or down until midnight.'
          : `${about} ${about === 1 ? 'resource goes' : 'resources go'} up or down until midnight.`,
      tone: missing.length > 0 ? 'warning' : 'plain',
      blocks: [
        ...gapsIn(missing, 'Not counted'),
        ...pauses.map(
          (pause): Block => ({
            type: 'text',
            text: `${pause.policy} is ${showPause(pause, zoneFor(look, pause.policy))}.`,
          }),
        ),
        ...(turns.length > 0 ? [tableOf(turns)] : []),
        { type: 'note', text: ['After midnight: ', { run: 'schedule list' }] },
      ],
    };
  },
});

function tableOf(turns: readonly Turn[]): Block {
  return {
    type: 'table',
    columns: [
      { label: 'Time' },
      { label: 'Policy' },
      { label: 'Goes' },
      { label: 'Resources', align: 'right' },
    ],
    rows: turns.map(({ at, zone, policy, want, targets }) => [
      showMomentTwice(at, zone),
      policy,
      want,
      `${targets.length}`,
    ]),
  };
}

/** From edge to edge, by what is decided of each resource then: which is right for tags, keeps and pauses too. */
async function turnsOf(look: Look, all: readonly Target[]): Promise<readonly Turn[]> {
  const known = new Map(all.map((target) => [target.ocid, target]));
  const turns = new Map<string, Turn>();
  let waiting = await look.lights.decide(all);
  for (;;) {
    waiting = waiting.filter((decision) => decision.next && decision.next.at < midnightOf(look, decision));
    const at = Math.min(...waiting.flatMap(({ next }) => next?.at ?? []));
    const turning = waiting.filter(({ next }) => next?.at === at);
    if (turning.length === 0) break;
    const targets = turning.flatMap(({ ocid }) => known.get(ocid) ?? []);
    const then = await look.lights.decide(targets, at);
    for (const { ocid, policy, want, left } of then) {
      const target = known.get(ocid);
      if (!target || left || want === 'any') continue;
      const key = JSON.stringify([at, policy, want]);
      const { targets = [] } = turns.get(key) ?? {};
      const zone = zoneFor(look, policy);
      turns.set(key, { at, zone, policy, want: showWant(want), targets: [...targets, target] });
    }
    waiting = [
      ...waiting.filter((decision) => !turning.includes(decision)),
      ...then.filter(({ next }) => next && next.at > at),
    ];
  }
  return [...turns.values()];
}

/** The end of today, on the clocks of who decided. */
function midnightOf(look: Look, { policy }: Decision): number {
  const zone = zoneFor(look, policy);
  return instantOfDay(zone, localDay(zone, look.now) + 1, 0);
}

function zoneFor(look: Look, policy: string): string {
  const { policies, tags } = look.lights;
  return zoneOf(
    look,
    [...policies, ...(tags ? [tags] : [])].find(({ name }) => name === policy),
  );
}
