import type { Outcome } from './types.ts';

/** @throws Error when the sandbox cannot be reached or knows no such thing */
export async function get<T>(path: string): Promise<T> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json() as Promise<T>;
}

/** Never throws: what went wrong is in `error`. */
export function post<T extends Outcome = Outcome>(path: string, body: object = {}): Promise<T> {
  return send<T>(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

export function remove(path: string): Promise<Outcome> {
  return send(path, { method: 'DELETE' });
}

async function send<T extends Outcome>(path: string, init: RequestInit): Promise<T> {
  try {
    const response = await fetch(path, init);
    const answer = (await response.json()) as T;
    return { ...answer, ok: answer.ok ?? response.ok };
  } catch {
    return { ok: false, error: 'The sandbox does not answer. Is it still running?' } as T;
  }
}
