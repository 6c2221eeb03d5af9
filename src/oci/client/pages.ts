/** One page of a list, with the token of the next. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

export const pageLimit = 1000;

/**
 * All items of a list, page after page. `read` is given what to put in the request; tokens are encoded,
 * since the SDK writes query values as they are and a token may hold `+` or `=`.
 */
export async function allPages<T>(
  read: (where: { readonly limit: number; readonly page?: string }) => Promise<Page<T>>,
): Promise<T[]> {
  const items: T[] = [];
  for (let next: string | undefined, first = true; first || next; first = false) {
    const page = await read({ limit: pageLimit, ...(next ? { page: encodeURIComponent(next) } : {}) });
    items.push(...page.items);
    next = page.next || undefined;
  }
  return items;
}
