import type { Json } from '../json.ts';
import type { Tags } from '../target.ts';

/** How OCI's bodies are written. */

type Member = Json | undefined;

/** Without members that say nothing: what is undefined, lists and mappings without members. */
export function filled(body: Readonly<Record<string, Member>>): Json {
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, Json] => {
      const [, value] = entry;
      return (
        value !== undefined &&
        !(typeof value === 'object' && value !== null && Object.keys(value).length === 0)
      );
    }),
  );
}

/** `{Operations.CostCenter: '42'}` → `{Operations: {CostCenter: '42'}}`. */
export function definedTags(tags: Tags): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const namespaces = new Map<string, [string, string][]>();
  for (const [name, value] of Object.entries(tags)) {
    const dot = name.indexOf('.');
    const namespace = name.slice(0, dot);
    namespaces.set(namespace, [...(namespaces.get(namespace) ?? []), [name.slice(dot + 1), value]]);
  }
  return Object.fromEntries([...namespaces].map(([name, members]) => [name, Object.fromEntries(members)]));
}
