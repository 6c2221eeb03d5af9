import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import { Violation } from './violation.ts';

export type Path = readonly PropertyKey[];

/** A YAML file that could be read, and where each of its values stands. */
export interface Source {
  readonly file: string;
  readonly value: unknown;
  /** The value as the file has it, where something in it was filled in: violations show nothing else. */
  readonly written?: unknown;
  /** Under which key the value stands, where it is a part. */
  readonly key?: PropertyKey;
  /** What is wrong with the file as YAML; `value` is not to be trusted then. */
  readonly faults: readonly Violation[];
  /** Line and column (from 1) of the value at the path, or of the nearest that surrounds it. */
  locate(path: Path): { readonly line: number; readonly column: number };
}

/** Reads YAML 1.2 with anchors and merge keys. Duplicate keys, unknown tags and several documents are faults. */
export function readYaml(text: string, file: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, merge: true, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const faults = [...document.errors, ...document.warnings].map(
    (error) => new Violation({ file, ...at(error.pos[0]), path: [], sentence: plain(error.message) }),
  );
  for (const { key, word } of oddKeys(document)) {
    const sentence = `a ${word} stands where a key should be; write a key with brackets in quotes`;
    faults.push(new Violation({ file, ...at(key.range?.[0] ?? 0), path: [], sentence }));
  }
  return {
    file,
    ...plainValue(document, faults, file),
    locate: (path) => at(offsetOf(document, path)),
  };
}

/** What stands at the path as a source of its own; its value is undefined where nothing does. */
export function within(source: Source, path: Path): Source {
  const { value, written } = source;
  const key = path.at(-1) ?? source.key;
  return {
    ...source,
    ...(key === undefined ? {} : { key }),
    value: memberOf(value, path),
    ...(written === undefined ? {} : { written: memberOf(written, path) }),
    locate: (below) => source.locate([...path, ...below]),
  };
}

function memberOf(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (holder, key) =>
      typeof holder === 'object' && holder !== null && Object.hasOwn(holder, key)
        ? Reflect.get(holder, key)
        : undefined,
    value,
  );
}

function plainValue(document: Document, faults: readonly Violation[], file: string) {
  if (faults.length > 0) return { value: undefined, faults };
  try {
    return { value: document.toJS({ maxAliasCount: 100 }) as unknown, faults };
  } catch (error) {
    const sentence = plain(error instanceof Error ? error.message : String(error));
    return { value: undefined, faults: [new Violation({ file, line: 1, column: 1, path: [], sentence })] };
  }
}

/** Keys that are mappings or lists themselves, outermost first: YAML has those, and no setting does. */
function oddKeys(document: Document): readonly { readonly key: Node; readonly word: string }[] {
  const found: { readonly key: Node; readonly word: string }[] = [];
  visit(document, {
    Pair: (_, { key }) => {
      const meant = isAlias(key) ? key.resolve(document) : key;
      if (!isNode(key) || !isCollection(meant)) return undefined;
      found.push({ key, word: isMap(meant) ? 'mapping' : 'list' });
      return visit.SKIP;
    },
  });
  return found;
}

function offsetOf(document: Document, path: Path): number {
  let node: Node | null = document.contents;
  let offset = node?.range?.[0] ?? 0;
  for (const key of path) {
    const holder: Node | undefined = isAlias(node) ? node.resolve(document) : (node ?? undefined);
    const found = childOf(holder, key);
    if (!found) break;
    offset = found.offset;
    node = found.node;
  }
  return offset;
}

/** A member of a mapping is shown at its key: that is what a reader looks for. */
function childOf(
  node: Node | undefined,
  key: PropertyKey,
): { node: Node | null; offset: number } | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(key)] as Node | undefined;
    return item?.range ? { node: item, offset: item.range[0] } : undefined;
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find((each) => isScalar(each.key) && String(each.key.value) === String(key));
  if (!pair || !isScalar(pair.key)) return undefined;
  return { node: pair.value as Node | null, offset: pair.key.range?.[0] ?? node.range?.[0] ?? 0 };
}

function plain(message: string): string {
  const sentence = message.replace(/\s+/g, ' ').trim();
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1).replace(/\.$/, '')}`;
}
