import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../../sandbox/root.ts';
import { enumsIn, type Field, formsIn, interfaceIn, parseType, type Type } from './types.ts';

interface Model {
  readonly fields: ReadonlyMap<string, Field>;
  /** Values of its enums, by the enum's name. */
  readonly enums: ReadonlyMap<string, ReadonlySet<string>>;
  readonly forms: ReturnType<typeof formsIn>;
}

/** RFC 3339 in UTC with milliseconds, as OCI's services write it. */
const date = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** The models of one of the SDK's packages, read from its typings: what its service answers, field by field. */
export class Models {
  readonly #folder: string;
  readonly #files: ReadonlyMap<string, string>;
  readonly #models = new Map<string, Model>();

  /** @param name the package: `oci-core` */
  constructor(name: string) {
    this.#folder = join(packageRoot, 'node_modules', name, 'lib/model');
    const index = readFileSync(join(this.#folder, 'index.d.ts'), 'utf8');
    const imports = index.matchAll(/^import \* as (\w+) from "\.\/([^"]+)";$/gm);
    this.#files = new Map([...imports].map(([, model = '', file = '']) => [model, file]));
  }

  /**
   * What is wrong with a value that is to be of the type, each with where: `.listeners.http.port: "80" is no number`.
   * @param type as the typings write it: `Array<model.Instance>`
   */
  check(type: string, value: unknown): string[] {
    return this.#check(parseType(type), value, '');
  }

  /** The fields that the model cannot be without. */
  needed(model: string): string[] {
    const { fields } = this.#read(model);
    return [...fields.values()].filter(({ optional }) => !optional).map(({ name }) => name);
  }

  /** The field that tells its forms apart, of which services have a usual one. */
  tells(model: string): string | undefined {
    return this.#read(model).forms?.field;
  }

  #check(type: Type, value: unknown, at: string): string[] {
    switch (type.kind) {
      case 'plain':
        return isPlain(type.name, value) ? [] : [`${at}: ${show(value)} is no ${type.name}`];
      case 'array':
        if (!Array.isArray(value)) return [`${at}: ${show(value)} is no array`];
        return value.flatMap((item) => this.#check(type.of, item, `${at}[]`));
      case 'map':
        if (!isObject(value)) return [`${at}: ${show(value)} is no object`];
        return Object.entries(value).flatMap(([key, item]) => this.#check(type.of, item, `${at}.${key}`));
      case 'union': {
        const tries = type.of.map((each) => this.#check(each, value, at));
        return tries.reduce((best, each) => (each.length < best.length ? each : best));
      }
      case 'named': {
        const parts = type.parts[0] === 'model' ? type.parts.slice(1) : type.parts;
        const [model = '', name = model] = parts;
        const values = this.#read(model).enums.get(name);
        if (!values) return this.#object(model, value, at);
        return typeof value === 'string' && values.has(value)
          ? []
          : [`${at}: ${show(value)} is no ${parts.join('.')}`];
      }
    }
  }

  #object(name: string, value: unknown, at: string): string[] {
    const { fields, forms } = this.#read(name);
    if (!isObject(value)) return [`${at}: ${show(value)} is no ${name}`];
    const form = forms?.models.get(String(value[forms.field]));
    if (form !== undefined && form !== name) return this.#object(form, value, at);
    const strange = Object.keys(value)
      .filter((key) => !fields.has(key))
      .map((key) => `${at}.${key}: ${name} has no such field`);
    const wrong = [...fields.values()].flatMap(({ name: key, optional, type }) => {
      const it = value[key];
      if (it !== undefined && it !== null) return this.#check(type, it, `${at}.${key}`);
      return optional ? [] : [`${at}.${key}: ${name} needs it`];
    });
    return [...strange, ...wrong];
  }

  #read(name: string): Model {
    const known = this.#models.get(name);
    if (known) return known;
    const file = this.#files.get(name);
    if (file === undefined) throw new Error(`${this.#folder} has no model ${name}.`);
    const typings = readFileSync(join(this.#folder, `${file}.d.ts`), 'utf8');
    const code = readFileSync(join(this.#folder, `${file}.js`), 'utf8');
    const { base, fields } = interfaceIn(typings, name);
    const inherited = base === undefined ? [] : [...this.#read(base).fields.values()];
    const model = {
      fields: new Map([...inherited, ...fields].map((field) => [field.name, field])),
      enums: enumsIn(typings),
      forms: formsIn(code),
    };
    this.#models.set(name, model);
    return model;
  }
}

function isPlain(name: string, value: unknown): boolean {
  if (name === 'any') return true;
  return name === 'Date' ? typeof value === 'string' && date.test(value) : typeof value === name;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
