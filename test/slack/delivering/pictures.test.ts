import { describe, expect, it } from 'vitest';
import type { Block, Report } from '../../../src/core/report.ts';
import { letter, type Stage, stages, until } from '../kit.ts';

const curtain = stages();

const picture = (shows: string): Block => ({
  type: 'image',
  file: 'week.png',
  alt: 'The week.',
  bytes: Buffer.from(shows).toString('base64'),
});

const long: Block = {
  type: 'table',
  file: 'lights-out.csv',
  columns: [{ label: 'Name' }],
  rows: Array.from({ length: 30 }, (_, n) => [`web-${n}`]),
};

async function say(s: Stage, title: string, more: Partial<Report>): Promise<void> {
  const to = { kind: 'channel' as const, channel: s.slack.channels.ops ?? '' };
  await s.outbox.put(letter('evening', to, title, more));
  await until(async () => {
    if ((await s.outbox.unsent()) === 0) return true;
    s.clock.advance(2_000);
    return false;
  });
}

const uploads = async (s: Stage) => {
  const { requests } = await s.get('/requests?method=files.completeUploadExternal');
  return requests.length as number;
};

const shown = async (s: Stage) => {
  const [message] = await s.messages('ops');
  const image = message?.blocks.find(({ type }) => type === 'image');
  return {
    text: message?.text,
    file: image?.slack_file?.id as string | undefined,
    beside: (message?.replies ?? []).length,
  };
};

describe('a picture', () => {
  it('stands in the message and is uploaded once for what it shows', async () => {
    const s = await curtain();
    await say(s, 'One.', { tone: 'running', blocks: [picture('a')] });
    const first = await shown(s);
    expect(first.file).toMatch(/^F/);
    for (const title of ['Two.', 'Three.']) await say(s, title, { tone: 'running', blocks: [picture('a')] });
    expect(await shown(s)).toEqual({ ...first, text: 'Three.' });
    expect(await uploads(s)).toBe(1);
    await say(s, 'Four.', { blocks: [picture('b')] });
    expect((await shown(s)).file).not.toBe(first.file);
    expect(await uploads(s)).toBe(2);
  });

  it('is not uploaded again by the next process', async () => {
    const s = await curtain();
    await say(s, 'One.', { tone: 'running', blocks: [picture('a')] });
    const { file } = await shown(s);
    await s.restart();
    await say(s, 'Two.', { blocks: [picture('a')] });
    expect(await shown(s)).toEqual({ text: 'Two.', file, beside: 0 });
    expect(await uploads(s)).toBe(1);
  });

  it('can come with an edit', async () => {
    const s = await curtain();
    await say(s, 'One.', { tone: 'running' });
    await say(s, 'Two.', { blocks: [picture('a')] });
    expect((await shown(s)).file).toMatch(/^F/);
  });

  it('that Slack does not take goes beside the message, which keeps its blocks', async () => {
    const s = await curtain();
    await s.post('/faults', {
      kind: 'refuse',
      method: 'chat.postMessage',
      error: 'invalid_blocks',
      count: 6,
    });
    await say(s, 'One.', { blocks: [{ type: 'heading', text: 'Look' }, picture('a')] });
    expect(await shown(s)).toEqual({ text: 'One.', file: undefined, beside: 1 });
    const [message] = await s.messages('ops');
    expect(message?.blocks.map(({ type }) => type)).toEqual(['section', 'header']);
  });

  it('that cannot be uploaded holds up nobody', async () => {
    const s = await curtain();
    await s.post('/faults', {
      kind: 'refuse',
      method: 'files.getUploadURLExternal',
      error: 'fatal',
      count: 9,
    });
    await say(s, 'One.', { blocks: [picture('a')] });
    expect(await shown(s)).toEqual({ text: 'One.', file: undefined, beside: 0 });
  });
});

describe('a file of an edit', () => {
  it('is shared once, however often the message is edited', async () => {
    const s = await curtain();
    await say(s, 'One.', { tone: 'running' });
    for (const title of ['Two.', 'Three.', 'Four.']) await say(s, title, { tone: 'success', blocks: [long] });
    expect((await shown(s)).beside).toBe(1);
    const [message] = await s.messages('ops');
    expect(JSON.stringify(message?.replies)).toContain('lights-out.csv');
    expect(JSON.stringify(message?.blocks)).not.toContain('web-7');
  });

  it('that changes while the message is under way waits for its end', async () => {
    const s = await curtain();
    const rows = (n: number): Block => ({ ...long, rows: [[`web-${n}`]] }) as Block;
    for (const n of [1, 2, 3]) await say(s, `${n} of 4.`, { tone: 'running', blocks: [rows(n)] });
    expect((await shown(s)).beside).toBe(1);
    await say(s, '4 of 4.', { tone: 'success', blocks: [rows(4)] });
    expect((await shown(s)).beside).toBe(2);
  });
});
