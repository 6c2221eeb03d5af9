import { afterAll, beforeAll, expect, test } from 'vitest';
import { ana, ben, type House, hour, house, makeSite, type Site } from './house.ts';

let site: Site;
let home: House;
beforeAll(async () => {
  site = await makeSite();
  home = await house(site);
});
afterAll(async () => {
  await home?.close();
  await site?.remove();
});

test('what was offered to one person is theirs alone, for an hour', async () => {
  const [key = ''] = await home.choices.keep(['stop web-1'], ana);
  expect(await home.choices.line(key, ana)).toBe('stop web-1');
  await expect(home.choices.line(key, ben)).rejects.toThrow(/offered to somebody else/);
  home.clock.advance(hour);
  await expect(home.choices.line(key, ana)).rejects.toThrow(/no longer open/);
});

test('what was offered to anybody is there for all, as often as they like, until it ends', async () => {
  const keys = await home.choices.offer(
    ['keep dev on for 1h', 'keep dev off for 1h'],
    home.clock.now() + hour,
  );
  expect(new Set(keys).size).toBe(2);
  const [key = ''] = keys;
  for (const actor of [ana, ben, ana]) expect(await home.choices.line(key, actor)).toBe('keep dev on for 1h');
  home.clock.advance(hour);
  await expect(home.choices.line(key, ben)).rejects.toThrow(/too late for this/);
});
