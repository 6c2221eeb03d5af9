import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CloudError } from '../../src/core/fault.ts';
import type { Verbs } from '../../src/core/verb.ts';
import { MemoryCloud } from '../engine/cloud.ts';
import {
  draftOf,
  type House,
  hour,
  house,
  makeSite,
  planOf,
  type Site,
  siteKinds,
  until,
} from '../engine/house.ts';

/** A cloud with an act of several parts, each of which is one call. */
class Parted extends MemoryCloud {
  readonly done: number[] = [];
  parts = 3;
  /** Calls that are refused before the next part is done. */
  refusals = 0;

  override readonly verbs: Verbs = {
    'instance.stop': {
      label: 'Repair',
      permission: 'INSTANCE_UPDATE',
      act: async () => {
        if (this.refusals > 0) {
          this.refusals -= 1;
          throw new CloudError({ message: 'busy', status: 409, code: 'Conflict', operation: 'repair' });
        }
        this.done.push(this.done.length + 1);
        return { workRequest: `work-${this.done.length}` };
      },
      observe: async (_, receipt) => {
        if (this.done.length === this.parts) return { state: 'done' };
        return receipt ? { state: 'again', note: `${this.done.length} done` } : { state: 'absent' };
      },
    },
  };
}

describe.each(siteKinds)('an act of several parts on %s', (kind) => {
  let site: Site;
  let at: House;
  let cloud: Parted;
  let moving: NodeJS.Timeout;
  beforeEach(async () => {
    site = await makeSite(kind);
    const first = await house(site, { engine: { attempts: 4 } });
    cloud = new Parted(first.clock);
    await first.close();
    at = await house(site, { cloud, engine: { attempts: 4 } });
    moving = setInterval(() => at.clock.advance(10_000), 3);
  });
  afterEach(async () => {
    clearInterval(moving);
    await at.close();
    await site.remove();
  });

  const run = async () => {
    const { id } = await at.engine.propose(draftOf(planOf([cloud.add('web-1')], { within: 100 * hour })));
    await at.engine.start();
    return until(at.engine, id);
  };

  it('goes on part by part until nothing is left', async () => {
    expect(await run()).toMatchObject({ status: 'succeeded', steps: [{ attempts: 3 }] });
    expect(cloud.done).toEqual([1, 2, 3]);
  });

  it('has as many attempts for each part, and gives up on one that is refused each time', async () => {
    cloud.parts = 6;
    expect(await run()).toMatchObject({ status: 'succeeded', steps: [{ attempts: 6 }] });
    cloud.done.length = 0;
    cloud.refusals = 10;
    expect(await run()).toMatchObject({ status: 'failed' });
    expect(cloud.done).toEqual([]);
  });
});
