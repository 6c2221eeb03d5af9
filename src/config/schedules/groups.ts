import { factsOf } from '../../core/kinds/all.ts';
import type { Dimming, Group } from '../../core/schedule/model.ts';
import { everything, isEverything, type Selector } from '../../core/selector.ts';
import { nearest } from '../../core/suggest.ts';
import type { Found } from '../reading/found.ts';
import type { Path } from '../reading/yaml.ts';
import type { FilePolicy } from './schema.ts';
import { readSelectors } from './selectors.ts';

type FileGroup = NonNullable<FilePolicy['groups']>[number];

/** The group of what the groups of a policy leave over. It comes up last and goes down first. */
const rest = 'rest';

/** `stop`, `stop hard`, `pause`, `scale to 1`; undefined for anything else. */
export function readHow(text: string): Dimming | undefined {
  if (text === 'stop' || text === 'pause') return { act: 'stop' };
  if (text === 'stop hard') return { act: 'stop', force: true };
  const [, size] = /^scale to (\S+)$/.exec(text) ?? [];
  return size === undefined ? undefined : { act: 'scale', size };
}

/** The groups of a policy, at least one, the last of which takes all that is left. */
export function groupsOf(
  written: Partial<FilePolicy>,
  what: readonly Selector[],
  path: Path,
): { readonly groups: readonly Group[]; readonly found: readonly Found[] } {
  const usual = readHow(written.how ?? 'stop') ?? { act: 'stop' };
  const groups: Group[] = [];
  const found: Found[] = [];
  if (written.how) found.push(...impossible(usual, kindsOf(what), [...path, 'how']));
  for (const [index, group] of (written.groups ?? []).entries()) {
    const at = [...path, 'groups', index];
    const read = readGroup(group, usual, at);
    found.push(...read.found);
    if (!read.group) continue;
    if (groups.some(({ name }) => name === read.group?.name))
      found.push({ path: at, sentence: `${read.group.name} is the name of two groups; give each its own` });
    if (group.how) {
      const kinds = kindsOf(read.group.what);
      const meant = kinds.length > 0 ? kinds : kindsOf(what);
      found.push(...impossible(read.group.dimming, meant, [...at, 'how']));
    }
    groups.push(read.group);
  }
  const complete = groups.at(-1)?.what.some(isEverything) ?? false;
  return {
    groups: complete ? groups : [...groups, { name: rest, what: [everything], dimming: usual }],
    found,
  };
}

function readGroup(
  written: FileGroup,
  usual: Dimming,
  path: Path,
): { readonly group?: Group; readonly found: readonly Found[] } {
  const { name, selectors, how, found } = partsOf(written, path);
  if (name === undefined || !selectors) return { found };
  const read = readSelectors(selectors, [...path, Object.hasOwn(written, 'what') ? 'what' : name]);
  const dimming = how === undefined ? usual : readHow(how);
  const odd = dimming
    ? []
    : [
        {
          path: [...path, 'how'],
          sentence: `should be stop, stop hard, scale to <size> or pause, but is "${how}"`,
        },
      ];
  const all = [...found, ...read.found, ...odd];
  return dimming && all.length === 0
    ? { group: { name, what: read.selectors, dimming }, found: [] }
    : { found: all };
}

interface Parts {
  readonly name?: string;
  readonly selectors?: readonly string[];
  readonly how?: string;
  readonly found: readonly Found[];
}

const longKeys = ['name', 'what', 'how'];

/** `{database: kind:adb}` or `{name: database, what: kind:adb, how: stop}`. */
function partsOf(written: FileGroup, path: Path): Parts {
  const keys = Object.keys(written);
  const [first = ''] = keys;
  if (keys.length === 1 && !longKeys.includes(first))
    return { name: first, selectors: written[first] ?? [], found: [] };
  const strange = keys.filter((key) => !longKeys.includes(key));
  const missing = ['name', 'what'].filter((key) => !keys.includes(key));
  const found = [
    ...strange.map((key) => ({ path: [...path, key], sentence: unknownKey(key, missing.length < 2) })),
    ...(missing.length > 0
      ? [
          {
            path,
            sentence:
              'should be one group, as {database: kind:adb} or {name: database, what: kind:adb, how: stop}',
          },
        ]
      : []),
  ];
  const { name, what, how } = written;
  if (found.length > 0 || !name?.[0] || !what) return { found };
  return { name: name[0], selectors: what, found, ...(how?.[0] === undefined ? {} : { how: how.join(' ') }) };
}

function unknownKey(key: string, long: boolean): string {
  if (!long) return 'is not a setting of a group; each group is an item of the list of its own';
  const [near] = nearest(key, longKeys, 1);
  return `is not a setting; ${near ? `did you mean ${near}?` : `known here: ${longKeys.join(', ')}`}`;
}

function kindsOf(selectors: readonly Selector[]): Selector['kinds'] {
  return selectors.flatMap(({ kinds }) => kinds);
}

/** Kinds that are named and cannot be brought down like this. */
function impossible(dimming: Dimming, kinds: Selector['kinds'], path: Path): readonly Found[] {
  return [...new Set(kinds)].flatMap((kind) => {
    const { title, acts, size } = factsOf(kind);
    const able: Readonly<Record<string, string | undefined>> = acts;
    if (able[dimming.act] === undefined)
      return [{ path, sentence: `says ${dimming.act}, which no ${title} can do` }];
    if (dimming.act === 'stop' || !size || size.read(dimming.size) !== undefined) return [];
    const sentence = `should scale a ${title} to ${size.means}, such as ${size.example}, but says "${dimming.size}"`;
    return [{ path, sentence }];
  });
}
