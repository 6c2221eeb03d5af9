import { App, SocketModeReceiver } from '@slack/bolt';
import { it } from 'vitest';
import { SandboxClock } from '../../sandbox/clock.ts';
import { startSlack } from '../../sandbox/slack/server.ts';
import { stage } from './kit.ts';

async function measure(post: (n: number) => Promise<{ ack_ms: number }>) {
  for (let n = 0; n < 200; n++) await post(n);
  const seq: number[] = [];
  for (let n = 0; n < 500; n++) seq.push((await post(n)).ack_ms);
  const con: number[] = [];
  for (let r = 0; r < 10; r++)
    con.push(...(await Promise.all(Array.from({ length: 50 }, (_, n) => post(n)))).map((a) => a.ack_ms));
  const q = (a: number[], p: number) => a.sort((x, y) => x - y)[Math.floor(a.length * p)]?.toFixed(3);
  return { seq50: q(seq, 0.5), seq99: q(seq, 0.99), con50: q(con, 0.5), con99: q(con, 0.99) };
}
it('bench', async () => {
  for (let round = 0; round < 2; round++) {
    const slack = await startSlack({ clock: new SandboxClock(), limits: 'off' });
    const receiver = new SocketModeReceiver({
      appToken: slack.appToken,
      installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
    });
    const app = new App({ token: slack.botToken, receiver, clientOptions: { slackApiUrl: slack.apiUrl } });
    app.command('/oci', async ({ ack }) => ack());
    await app.start();
    const raw = (c: any) => async () =>
      (
        await c.request('/command', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ user: 'ana', channel: 'ops', text: '/oci hello' }),
        })
      ).json();
    console.log('bare', await measure(raw(slack.control)));
    await app.stop();
    await slack.close();
    const s = await stage();
    await s.post('/settings', { rate_limits: false });
    console.log('ours', await measure(raw(s.slack.control)));
    await s.stop();
  }
}, 120000);
