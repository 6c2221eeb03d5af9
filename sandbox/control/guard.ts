import type { MiddlewareHandler } from 'hono';
import { Refused } from './refused.ts';

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Keeps web pages from elsewhere out: a name that resolves to this computer (DNS rebinding) shows in
 * the Host header, and a form or script of another site shows in Origin.
 */
export const sameComputer: MiddlewareHandler = async (c, next) => {
  const host = c.req.header('host') ?? '';
  if (!loopback.has(host.replace(/:\d+$/, '')))
    throw new Refused(403, `The sandbox answers to 127.0.0.1 and localhost, not to "${host}".`);
  const origin = c.req.header('origin');
  if (origin !== undefined && c.req.method !== 'GET' && origin !== `http://${host}`)
    throw new Refused(403, `Requests from other sites are refused (this one came from "${origin}").`);
  await next();
};

/** A body, where there is one, must be a JSON object. Handlers may then read it without a thought. */
export const jsonBody: MiddlewareHandler = async (c, next) => {
  if (c.req.method === 'POST' || c.req.method === 'PUT') readObject(await c.req.text());
  await next();
};

/** The body as an object; an empty one is `{}`. Throws Refused (400). */
export function readObject(text: string): Record<string, unknown> {
  if (text.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Refused(400, `The body is not JSON: ${error instanceof Error ? error.message : error}.`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new Refused(400, 'The body must be a JSON object.');
}
