import { mention } from '../../describe.ts';
import { factsOf, type Kind } from '../../kinds/all.ts';
import type { Action, Block, Report, Text } from '../../report.ts';
import { unstopped } from '../../text.ts';
import { counted, countsByKind, grouped, policyNames, someOf, wallClock } from '../wording.ts';

export interface Warning {
  readonly policies: readonly string[];
  /** When it stops, in milliseconds since 1970-01-01T00:00Z. */
  readonly at: number;
  /** IANA, of the first policy. */
  readonly zone: string;
  /** What will stop. `keptBy`: somebody's keep ends then, an actor's id. */
  readonly rows: readonly { readonly name: string; readonly kind: Kind; readonly keptBy?: string }[];
  /** What will not, since somebody keeps it on for longer. */
  readonly kept: readonly {
    readonly name: string;
    readonly by: string;
    readonly until: number;
    readonly because?: string;
  }[];
  /** Keep on 1 h, Keep on until 22:00, Skip tonight. */
  readonly actions: readonly Action[];
  /** Extend, where a keep ends with this stop. */
  readonly extend?: Action;
  /** What people have pressed since, one line each: the buttons stay for the others. */
  readonly answers?: readonly Text[];
}

/** The grace warning: what stops when, and what one can do about it. */
export function warningReport(warning: Warning): Report {
  const { policies, at, zone, rows, actions, extend, answers = [] } = warning;
  const clock = wallClock(at, zone);
  return {
    title: `At ${clock} (${zone}) ${policyNames(policies)} ${policies.length === 1 ? 'stops' : 'stop'} ${rows.length === 0 ? 'nothing' : counted(rows.length, 'resource')}.`,
    tone: 'waiting',
    blocks: [
      ...stopping(rows),
      ...ending(rows),
      ...keptOn(warning.kept),
      ...answers.map((text) => ({ type: 'text' as const, text })),
      {
        type: 'note',
        text: ['Due ', { time: at }, '. To keep one of them on: ', { run: 'keep <name> on until 22:00' }],
      },
    ],
    actions: rows.length > 0 ? [...actions, ...(extend ? [extend] : [])] : [],
  };
}

const mostKinds = 6;

/** One line for each kind; with many kinds the rest is counted. */
function stopping(rows: Warning['rows']): Block[] {
  if (rows.length === 0) return [];
  const byKind = grouped(rows, ({ kind }) => kind).toSorted((a, b) => b.length - a.length);
  const rest = byKind.slice(mostKinds).flat();
  const items = byKind.slice(0, mostKinds).map((group): Text => {
    const title = factsOf(group[0]?.kind ?? 'instance').title;
    return [{ strong: counted(group.length, title) }, `: ${someOf(group.map(({ name }) => name))}`];
  });
  return [{ type: 'list', items: rest.length > 0 ? [...items, `And ${countsByKind(rest)}`] : items }];
}

function ending(rows: Warning['rows']): Block[] {
  const kept = rows.flatMap(({ name, keptBy }) => (keptBy === undefined ? [] : [{ name, keptBy }]));
  return grouped(kept, ({ keptBy }) => keptBy).map((group) => ({
    type: 'text',
    text: [
      mention(group[0]?.keptBy ?? ''),
      `: what you keep on ends then: ${someOf(group.map(({ name }) => name))}.`,
    ],
  }));
}

function keptOn(kept: Warning['kept']): Block[] {
  const items = grouped(kept, ({ by, until, because }) => JSON.stringify([by, until, because])).map(
    (group): Text => {
      const { by = '', until = 0, because } = group[0] ?? {};
      const why = because ? ` – “${unstopped(because)}”.` : '.';
      return [mention(by), ` keeps ${someOf(group.map(({ name }) => name))} on until `, { time: until }, why];
    },
  );
  return items.length > 0 ? [{ type: 'list', items }] : [];
}
