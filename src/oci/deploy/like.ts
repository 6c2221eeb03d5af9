import { like } from '../../core/selector.ts';
import type { Tags } from '../../core/target.ts';

/** Whether all that the finder says holds; `*` stands for anything in names and values. */
export function isLike(
  found: { readonly name: string; readonly tags: Tags },
  finder: { readonly name?: string; readonly tags: Tags },
): boolean {
  if (finder.name !== undefined && !like(found.name, finder.name)) return false;
  return Object.entries(finder.tags).every(([key, value]) => {
    const tag = found.tags[key];
    return tag !== undefined && like(tag, value);
  });
}
