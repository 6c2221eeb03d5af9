import type { Timetable } from '../../core/schedule/model.ts';
import { isEverything, type Selector } from '../../core/selector.ts';
import type { Found } from '../reading/found.ts';
import type { Path } from '../reading/yaml.ts';
import type { FilePolicy } from './schema.ts';
import { itemPath } from './selectors.ts';

/** What is known of a policy when it is asked whether it is safe. */
export interface Known {
  readonly path: Path;
  readonly what: readonly Selector[];
  readonly except: readonly Selector[];
  readonly timetable: Timetable | undefined;
  readonly now: number;
}

/** What makes a policy unsafe or meaningless. The bot does not start with any of these. */
export function unsafePolicy(written: Partial<FilePolicy>, known: Known): readonly Found[] {
  return [...tooWide(written, known), ...noTime(written, known), ...unbounded(written, known)];
}

function tooWide({ protect, what = [], except = [] }: Partial<FilePolicy>, known: Known): readonly Found[] {
  const wide = protect ? [] : whereEverything(known.what, what, [...known.path, 'what']);
  const gone = whereEverything(known.except, except, [...known.path, 'except']);
  return [
    ...wide.map((path) => ({
      path,
      sentence:
        'means every resource there is; narrow it with a tag, a compartment, a kind or a name. Only a policy with protect: true may mean everything',
    })),
    ...gone.map((path) => ({ path, sentence: 'leaves out everything, so that the policy means nothing' })),
  ];
}

/** Selectors that could not be read are missing among those that were: then nobody can tell which is which. */
function whereEverything(
  selectors: readonly Selector[],
  texts: readonly string[],
  path: Path,
): readonly Path[] {
  return selectors.flatMap((selector, index) => {
    if (!isEverything(selector)) return [];
    return [selectors.length === texts.length ? itemPath(path, texts, index) : path];
  });
}

function noTime(written: Partial<FilePolicy>, { path }: Known): readonly Found[] {
  if (written.protect)
    return (['when', 'calendars', 'how'] as const)
      .filter((key) => written[key] !== undefined)
      .map((key) => ({
        path: [...path, key],
        sentence: 'should be left out: what protect: true holds for is never stopped',
      }));
  if (written.when) return [];
  const sentence =
    'is missing; it should be a time such as Mon-Fri 07:30-20:00 Europe/Amsterdam, or protect: true in its place';
  return [{ path: [...path, 'when'], sentence }];
}

const year = 366 * 86_400_000;

/** What is enforced needs both: a time to be up and a time to be down. With one alone nobody could ever use it, or save. */
function unbounded(
  { enforced, protect }: Partial<FilePolicy>,
  { path, timetable, now }: Known,
): readonly Found[] {
  if (!enforced) return [];
  const at = [...path, 'enforced'];
  if (protect)
    return [
      { path: at, sentence: 'should be left out: protect keeps a policy from stopping, and starts nothing' },
    ];
  if (!timetable) return [];
  const wants = [timetable.at(now), ...timetable.edges(now, now + year)].map(({ want }) => want);
  const up = wants.some((want) => want === 'up' || typeof want === 'object');
  const down = wants.includes('down');
  if (up && down) return [];
  const sentence = `needs a window in when, such as Mon-Fri 07:30-20:00: ${timetable.text} never wants it ${up ? 'down' : 'up'}, and what somebody ${up ? 'stops' : 'starts'} by hand would be ${up ? 'started' : 'stopped'} again at once, at any hour`;
  return [{ path: at, sentence }];
}
