import { type Fields, fieldsOf, isFields, type Seen, seen } from './seen.ts';

/** The control API over HTTP, as any outside check would use it. */
export interface Control {
  /** Any request; never throws for a refusal. */
  call(method: string, path: string, body?: Fields): Promise<{ status: number; body: Fields }>;
  /** Throws when the request is refused. */
  post(path: string, body: Fields): Promise<Fields>;
  get(path: string): Promise<Fields>;
  /** The objects under one key of the answer. */
  list(path: string, key: string): Promise<Fields[]>;
  messages(path: string): Promise<Seen[]>;
}

export function controlOf(page: string): Control {
  const call: Control['call'] = async (method, path, body) => {
    const response = await fetch(new URL(path, page), {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    });
    const answer: unknown = await response.json();
    return { status: response.status, body: isFields(answer) ? answer : { items: answer } };
  };
  const done = async (method: string, path: string, body?: Fields): Promise<Fields> => {
    const { status, body: answer } = await call(method, path, body);
    if (status < 400 && answer.ok !== false) return answer;
    const asked = `${method} ${path} ${JSON.stringify(body ?? {})}`;
    throw new Error(`${asked} answered ${status} ${JSON.stringify(answer)}`);
  };
  const get = (path: string) => done('GET', path);
  const list = async (path: string, key: string) => fieldsOf((await get(path))[key]);
  return {
    call,
    post: (path, body) => done('POST', path, body),
    get,
    list,
    messages: async (path) => (await list(path, 'messages')).map(seen),
  };
}
