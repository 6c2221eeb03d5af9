import { cutLine } from '../../core/parse.ts';
import { Refusal } from '../../core/refusal.ts';
import { parseSelector, type Selector } from '../../core/selector.ts';
import { stopped, unstopped } from '../../core/text.ts';
import type { Found } from '../reading/found.ts';
import type { Path } from '../reading/yaml.ts';

/** Selectors as they would be typed in Slack, a list of them widening, and what is wrong with those that are none. */
export function readSelectors(
  texts: readonly string[],
  path: Path,
): { readonly selectors: readonly Selector[]; readonly found: readonly Found[] } {
  const selectors: Selector[] = [];
  const found: Found[] = [];
  for (const [index, text] of texts.entries()) {
    try {
      selectors.push(parseSelector(cutLine(text).map((token) => token.text)));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      found.push({ path: itemPath(path, texts, index), sentence: said(error.message, error.hint) });
    }
  }
  return { selectors, found };
}

/** Where an item stands of what may be written without a list. */
export function itemPath(path: Path, items: readonly unknown[], index: number): Path {
  return items.length > 1 ? [...path, index] : path;
}

/** A sentence and what to do, as violations say them: without the last full stop. */
export function said(sentence: string, hint?: string): string {
  return unstopped(hint ? `${stopped(sentence)} ${hint}` : sentence);
}
