import type { Finder } from '../../core/deploy/app.ts';
import { unfit } from '../../core/deploy/strategy.ts';
import { like } from '../../core/selector.ts';
import type { Found } from '../reading/found.ts';
import { policyNamePattern } from '../reading/ids.ts';
import { unsafeGates } from './gates.ts';
import { ownTag } from './instance.ts';
import { unsafeInstance } from './instance-safety.ts';
import type { AppParts } from './parts.ts';
import { unsafePlaces } from './places.ts';
import type { FileFinder } from './schema.ts';

/** What the bot looks at, from `oci`. */
export interface Sight {
  readonly regions?: readonly string[];
  readonly compartments?: readonly string[];
}

/** What makes an app unsafe or meaningless. The bot does not start with any of these. */
export function unsafeApp(parts: AppParts, sight: Sight): readonly Found[] {
  return [
    ...misnamed(parts),
    ...outOfSight(parts, sight),
    ...unsafeFinder(parts),
    ...lost(parts),
    ...tooFew(parts),
    ...namesakes(parts),
    ...unfitting(parts),
    ...unsafeInstance(parts),
    ...unsafePlaces(parts),
    ...unsafeGates(parts),
    ...wrongTags(parts),
  ];
}

/** Words of commands that would stand where the name of an app does. */
const taken = ['lock', 'unlock'];

function misnamed({ name, path }: AppParts): readonly Found[] {
  if (taken.includes(name.toLowerCase()))
    return [{ path, sentence: `"${name}" is a word of the command deploy; give the app another name` }];
  if (policyNamePattern.test(name) && name.length <= 60) return [];
  return [
    { path, sentence: `should have a name of letters, digits and hyphens, at most 60, but is "${name}"` },
  ];
}

function outOfSight({ written, path }: AppParts, { regions, compartments }: Sight): readonly Found[] {
  const { region, compartment } = written;
  const found: Found[] = [];
  if (region === undefined && regions?.length !== 1)
    found.push({
      path: [...path, 'region'],
      sentence: 'is missing; it should be a region name such as eu-frankfurt-1',
    });
  if (region !== undefined && regions && !regions.includes(region))
    found.push({
      path: [...path, 'region'],
      sentence: `"${region}" is not in oci.regions, and the bot looks nowhere else; there are ${regions.join(', ')}`,
    });
  if (compartment !== undefined && compartments && !compartments.some((root) => isBelow(compartment, root)))
    found.push({
      path: [...path, 'compartment'],
      sentence: `"${compartment}" is not in oci.compartments, and the bot looks nowhere else; there are ${compartments.join(', ')}`,
    });
  return found;
}

/** Of an OCID the file cannot tell where it is. */
function isBelow(path: string, root: string): boolean {
  if (/^ocid1\./.test(path) || /^ocid1\./.test(root)) return true;
  return `${path}/`.toLowerCase().startsWith(`${root}/`.toLowerCase());
}

/** Where nothing is said of it, the tag that every instance of a deploy has. */
export function finderOf(written: FileFinder | undefined, app: string): Finder {
  if (!written) return { tags: { [ownTag]: app }, states: ['ACTIVE'] };
  const { name, tags, states } = written;
  return { ...(name === undefined ? {} : { name }), tags, states };
}

function unsafeFinder({ written: { find }, path }: AppParts): readonly Found[] {
  if (!find) return [];
  const at = [...path, 'find'];
  const named = find.name !== undefined && !/^\*+$/.test(find.name);
  const tagged = Object.values(find.tags).some((value) => !/^\*+$/.test(value));
  const found: Found[] = [];
  if (!named && !tagged)
    found.push({
      path: at,
      sentence:
        'means every instance of the compartment, and a deploy would delete them; give a name or tags',
    });
  if (!find.states.includes('ACTIVE'))
    found.push({
      path: [...at, 'states'],
      sentence: 'should have ACTIVE: that is what the instances are that serve',
    });
  return found;
}

/** What a deploy makes has to be found by the next one. */
function lost({ name, written, instance }: AppParts): readonly Found[] {
  const { tags } = finderOf(written.find, name);
  return Object.entries(tags).flatMap(([key, wanted]) => {
    const kind = key.includes('.') ? 'definedTags' : 'tags';
    const given = instance.written[kind];
    const value = given && Object.hasOwn(given, key) ? given[key] : undefined;
    if (!given || (value === undefined ? !wanted.includes('*') : like(wanted, value))) return [];
    const held = value === undefined ? 'is missing' : `is "${value}"`;
    const sentence = `${held}, and find looks for "${wanted}": the next deploy would not find what this one made`;
    return [{ path: [...instance.path, kind, key], sentence }];
  });
}

function wrongTags({ instance: { written, path } }: AppParts): readonly Found[] {
  return Object.keys(written.definedTags ?? {})
    .filter((key) => !/^[^.\s]+\.\S+$/.test(key))
    .map((key) => ({
      path: [...path, 'definedTags', key],
      sentence: `should be a defined tag, Namespace.Key, but is "${key}"`,
    }));
}

function tooFew({ written: { minimum, replicas }, path }: AppParts): readonly Found[] {
  if (minimum === undefined || replicas === undefined || minimum <= replicas) return [];
  const sentence = `is ${minimum}, more than the ${replicas} that replicas says: no deploy could ever take anything away`;
  return [{ path: [...path, 'minimum'], sentence }];
}

/** New instances are called as `find` says. */
function namesakes({ written: { find, replicas }, path }: AppParts): readonly Found[] {
  if (find?.name === undefined || find.name.includes('*') || replicas === undefined || replicas < 2)
    return [];
  const sentence = `is the name of one, and replicas says ${replicas}, which would all be called so; write "${find.name}-*" or find them by tags`;
  return [{ path: [...path, 'find', 'name'], sentence }];
}

function unfitting({ written: { strategy, replicas }, places, path }: AppParts): readonly Found[] {
  const why = strategy && replicas !== undefined && unfit(strategy, { replicas, places });
  return why ? [{ path: [...path, 'strategy'], sentence: why }] : [];
}
