import type { Look } from '../command.ts';
import type { App } from '../core/deploy/app.ts';
import type { Released } from '../core/deploy/release.ts';
import type { Operation } from '../core/operation.ts';
import { isBeyond } from '../core/way-back.ts';
import { lockOf } from './apps.ts';

/** So many operations are looked through. */
const most = 100;

/** The retirement of the whole app that came after the release that ran last; undefined where none did. */
export async function retirementOf(
  { operations }: Pick<Look, 'operations'>,
  app: Pick<App, 'name'>,
  last: Pick<Released, 'operation'> | undefined,
): Promise<Operation | undefined> {
  const later = await operations.list({
    lock: lockOf(app),
    ...(last ? { after: last.operation } : {}),
    limit: most,
  });
  return later.find(({ plan, steps }) => plan.retires === app.name && isBeyond(plan, steps));
}
