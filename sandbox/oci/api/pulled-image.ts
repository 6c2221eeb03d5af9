import type { Call } from '../call.ts';

/** What a URL without a tag stands for: the same with the first tag under which its digest was pushed. */
export function pulledOf(
  { store, tenancy }: Pick<Call, 'store' | 'tenancy'>,
  url: string,
): string | undefined {
  const [named = '', digest] = url.split('@');
  if (digest === undefined || named.slice(named.lastIndexOf('/')).includes(':')) return undefined;
  const image = tenancy.regions
    .flatMap(({ name }) => store.list('ContainerImage', name))
    .find((each) => each.digest === digest && named.endsWith(`/${each.repositoryName}`));
  const [first] = image?.versions ?? [];
  return first && `${named}:${first.version}@${digest}`;
}
