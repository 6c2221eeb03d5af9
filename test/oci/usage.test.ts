import { afterEach, describe, expect, it } from 'vitest';
import { type Stage, stage } from './sandbox.ts';

let open: Stage | undefined;

async function raise(): Promise<Stage> {
  open = await stage();
  return open;
}

afterEach(async () => {
  await open?.close();
  open = undefined;
});

describe('rates from the Usage API', () => {
  it('say what each resource costs while it is up, without its storage', async () => {
    const s = await raise();
    const [web, database, off] = [
      await s.one('web-1'),
      await s.one('shop-dev-db'),
      await s.one('load-test-1'),
    ];
    const spend = await s.cloud.reader.spend();
    expect(spend?.currency).toBe('EUR');
    expect(spend?.perHour.get(web.ocid)).toBeCloseTo(2 * 0.028 + 16 * 0.0019, 6);
    expect(spend?.perHour.get(database.ocid)).toBeCloseTo(2 * 0.31, 6);
    // it was up in the week's working hours
    expect(spend?.perHour.get(off.ocid)).toBeCloseTo(8 * 0.028 + 64 * 0.0019, 6);
  });

  it('are asked for in the home region, twice a day', async () => {
    const s = await raise();
    const asked = async () =>
      (await s.requests()).filter(({ operation }) => operation === 'Usageapi.RequestSummarizedUsages');
    await Promise.all([s.cloud.reader.spend(), s.cloud.reader.spend()]);
    const first = (await asked()).length;
    expect((await asked()).every(({ region }) => region === 'eu-frankfurt-1')).toBe(true);
    await s.cloud.reader.spend();
    expect((await asked()).length).toBe(first);
    s.clock.advance(13 * 3_600_000);
    await s.cloud.reader.spend();
    expect((await asked()).length).toBeGreaterThan(first);
  });

  it('are none where the bot may not read usage, and a fault where OCI is away', async () => {
    const s = await raise();
    await s.fault({ operation: 'Usageapi.*', status: 404, for: '1h' });
    expect(await s.cloud.reader.spend()).toBeUndefined();
    await s.clearFaults();
    s.clock.advance(13 * 3_600_000);
    await s.fault({ operation: 'Usageapi.*', status: 503, for: '9h' });
    await expect(s.hurry(s.cloud.reader.spend())).rejects.toMatchObject({ status: 503 });
  });
});
