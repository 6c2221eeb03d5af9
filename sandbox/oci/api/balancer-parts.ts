import type { Call, Route } from '../call.ts';
import { notFound } from '../errors.ts';

/** What load balancers and network load balancers have in common as to their parts. */
interface Named {
  readonly name: string;
}

interface SetOf<B extends Named> extends Named {
  readonly backends: readonly B[];
}

/** The set of the path. @throws OciError 404 when there is none of its name. */
export function setOf<S>(call: Call, of: { readonly backendSets: Readonly<Record<string, S>> }): S {
  return foundIn(of.backendSets, call.param('backendSetName'));
}

export function backendOf<B extends Named>(call: Call, { backends }: SetOf<B>): B {
  const backend = backends.find(({ name }) => name === call.param('backendName'));
  if (!backend) throw notFound();
  return backend;
}

export function listenerOf<L>(call: Call, of: { readonly listeners: Readonly<Record<string, L>> }): L {
  return foundIn(of.listeners, call.param('listenerName'));
}

function foundIn<T>(all: Readonly<Record<string, T>>, name: string): T {
  const found = all[name];
  if (found === undefined) throw notFound();
  return found;
}

/** DeleteBackend, in what is being changed. */
export function dropBackend<B extends Named, S extends SetOf<B>>(
  call: Call,
  draft: { readonly backendSets: Record<string, S> },
): void {
  const set = setOf(call, draft);
  const { name } = backendOf(call, set);
  draft.backendSets[set.name] = { ...set, backends: set.backends.filter((each) => each.name !== name) };
}

/** DeleteListener, in what is being changed. */
export function dropListener<L extends Named>(
  call: Call,
  draft: { readonly listeners: Record<string, L> },
): void {
  delete draft.listeners[listenerOf(call, draft).name];
}

/** Changes of a service's parts: all but a removal take a retry token. */
export function changesOf(service: Route['service'], family: string) {
  return (name: string, method: 'POST' | 'PUT' | 'DELETE', path: string, handle: Route['handle']): Route => ({
    operation: `${family}.${name}`,
    service,
    method,
    path,
    ...(method !== 'DELETE' && { retryToken: true }),
    handle,
  });
}
