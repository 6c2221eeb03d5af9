import { expect, test } from 'vitest';
import { stage } from './sandbox.ts';

test('smoke', async () => {
  const s = await stage();
  const all = await s.find('');
  console.log(all.length, all.slice(0, 5), s.calls.length);
  console.log(await s.find('app=shop env=dev'));
  console.log(await s.cloud.reader.inspect(await s.one('web-1')));
  console.log(await s.cloud.reader.inspect(await s.one('shop-dev-api')));
  console.log(await s.cloud.reader.inspect((await s.find('kind:adb'))[0]!));
  console.log(await s.cloud.reader.logs(await s.one('shop-dev-api'), { previous: false }));
  for (const p of s.cloud.reader.probes()) console.log(p.name, '|', p.grant, '|', await p.run());
  console.log(s.logged, await s.fresh(await s.one('shop-dev-api')), await s.requests());
  await s.close();
});
