import { SlackError } from '../errors.ts';
import { type Fields, isFields } from '../types.ts';

/**
 * The arguments of a call, however they were sent: JSON, form fields (in which lists and objects are
 * JSON once more), multipart or the query.
 */
export class Args {
  readonly #given: Fields;

  constructor(given: Fields) {
    this.#given = given;
  }

  /** What may be logged: everything but the token. */
  get visible(): Fields {
    const { token: _, ...rest } = this.#given;
    return rest;
  }

  given(name: string): boolean {
    return this.#given[name] !== undefined && this.#given[name] !== null;
  }

  text(name: string): string | undefined {
    const value = this.#given[name];
    return value === undefined || value === null || value === '' ? undefined : String(value);
  }

  /** @throws SlackError invalid_arguments, naming what is missing */
  required(name: string): string {
    const value = this.text(name);
    if (value === undefined)
      throw SlackError.invalid('invalid_arguments', [`missing required field: ${name}`]);
    return value;
  }

  flag(name: string): boolean {
    return [true, 'true', '1', 1].includes(this.#given[name] as string | number | boolean);
  }

  number(name: string): number | undefined {
    const value = this.text(name);
    return value === undefined ? undefined : Number(value);
  }

  /** A list or an object. @throws SlackError with the code, when it is text that is no JSON */
  json(name: string, code: string): unknown {
    const value = this.#given[name];
    if (value === null || value === undefined || value === '') return undefined;
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value);
    } catch {
      throw new SlackError(code);
    }
  }
}

/**
 * @throws SyntaxError for a body that says it is JSON and is not
 * @throws SlackError json_not_object, invalid_form_data, invalid_array_arg
 */
export async function readArgs(request: Request): Promise<Fields> {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const given = { ...query, ...(await readBody(request)) };
  // `users[]=` and `users[0]=` of PHP mean nothing to Slack.
  if (Object.keys(given).some((name) => name.includes('['))) throw new SlackError('invalid_array_arg');
  return given;
}

function jsonObject(body: string): Fields {
  if (body === '') return {};
  const value: unknown = JSON.parse(body);
  if (!isFields(value)) throw new SlackError('json_not_object');
  return value;
}

async function formFields(request: Request): Promise<Fields> {
  const form = await request.formData().catch(() => {
    throw new SlackError('invalid_form_data');
  });
  return Object.fromEntries(form);
}

async function readBody(request: Request): Promise<Fields> {
  const type = request.headers.get('content-type') ?? '';
  if (request.method === 'GET') return {};
  if (type.startsWith('application/json')) return jsonObject(await request.text());
  if (type.startsWith('multipart/form-data')) return formFields(request);
  return Object.fromEntries(new URLSearchParams(await request.text()));
}
