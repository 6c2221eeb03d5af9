/** A type as the SDK's generated typings write it. */
export type Type =
  | { readonly kind: 'plain'; readonly name: 'string' | 'number' | 'boolean' | 'Date' | 'any' }
  | { readonly kind: 'array' | 'map'; readonly of: Type }
  /** Of a model, or of an enum within one: `model.Instance`, `Instance.LifecycleState`. */
  | { readonly kind: 'named'; readonly parts: readonly string[] }
  | { readonly kind: 'union'; readonly of: readonly Type[] };

export interface Field {
  readonly name: string;
  readonly optional: boolean;
  readonly type: Type;
}

/** @throws Error for what the generator does not write. */
export function parseType(text: string): Type {
  const words = text.match(/\w+|[<>{}[\]:;|.]/g) ?? [];
  let at = 0;
  const take = (word: string): void => {
    if (words[at] !== word) throw new Error(`${text} is no type: ${word} is expected at ${at}.`);
    at += 1;
  };
  const map = (): Type => {
    for (const word of ['[', 'key', ':', 'string', ']', ':']) take(word);
    const of = union();
    if (words[at] === ';') at += 1;
    take('}');
    return { kind: 'map', of };
  };
  const single = (): Type => {
    const word = words[at] ?? '';
    at += 1;
    if (word === '{') return map();
    if (word === 'Array') {
      take('<');
      const of = union();
      take('>');
      return { kind: 'array', of };
    }
    if (isPlain(word)) return { kind: 'plain', name: word };
    const parts = [word];
    for (; words[at] === '.'; at += 2) parts.push(words[at + 1] ?? '');
    return { kind: 'named', parts };
  };
  const suffixed = (): Type => {
    let type = single();
    for (; words[at] === '[' && words[at + 1] === ']'; at += 2) type = { kind: 'array', of: type };
    return type;
  };
  const union = (): Type => {
    const of = [suffixed()];
    for (; words[at] === '|'; of.push(suffixed())) at += 1;
    const [only] = of;
    return of.length === 1 && only ? only : { kind: 'union', of };
  };
  const type = union();
  if (at !== words.length) throw new Error(`${text} is no type: it goes on at ${at}.`);
  return type;
}

function isPlain(word: string): word is 'string' | 'number' | 'boolean' | 'Date' | 'any' {
  return ['string', 'number', 'boolean', 'Date', 'any'].includes(word);
}

/** What an interface of a `.d.ts` has, and what it extends; nothing where there is no interface of the name. */
export function interfaceIn(typings: string, name: string): { base?: string; fields: Field[] } {
  const text = typings.replace(/\/\*[\s\S]*?\*\//g, '');
  const [whole, base] =
    new RegExp(`export interface ${name}(?: extends (?:model\\.(\\w+)|common\\.BaseRequest))? \\{`).exec(
      text,
    ) ?? [];
  if (whole === undefined) return { fields: [] };
  const body = text.slice(text.indexOf(whole) + whole.length).split(/^\}/m)[0] ?? '';
  const found = body.matchAll(/^ {4}"([^"]+)"(\??): ((?:[^;{]|\{[\s\S]*?^ {4}\})+);/gm);
  const fields = [...found].map(([, field = '', mark, type = '']) => ({
    name: field,
    optional: mark === '?',
    type: parseType(type),
  }));
  return { ...(base !== undefined && { base }), fields };
}

/** The values of each enum of a `.d.ts`, without the one by which the SDK says that it does not know one. */
export function enumsIn(typings: string): Map<string, ReadonlySet<string>> {
  const text = typings.replace(/\/\*[\s\S]*?\*\//g, '');
  const enums = [...text.matchAll(/enum (\w+) \{([^}]*)\}/g)];
  return new Map(
    enums.map(([, name = '', body = '']) => {
      const values = [...body.matchAll(/= "([^"]*)"/g)].map(([, value = '']) => value);
      return [name, new Set(values.filter((value) => value !== 'UNKNOWN_VALUE'))];
    }),
  );
}

/**
 * Of a model with several forms, the field that tells them apart, and their models by its values. Only the code
 * says it: `switch (obj.type) { case "X": return model.Y.getDeserializedJsonObj(…)`.
 */
export function formsIn(code: string): { field: string; models: ReadonlyMap<string, string> } | undefined {
  const [, field] = /switch \(obj\.(\w+)\)/.exec(code) ?? [];
  if (field === undefined) return undefined;
  const cases = [...code.matchAll(/case "([^"]+)":\s+return model\.(\w+)\.getDeserializedJsonObj/g)];
  return { field, models: new Map(cases.map(([, value = '', model = '']) => [value, model])) };
}
