import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findingsOfBlocks, textLength } from '../../../sandbox/slack/blocks/validate.ts';
import type { Action, Block, Report, Text, Tone } from '../../../src/core/report.ts';
import { packageRoot } from '../../../src/root.ts';
import { limits } from '../../../src/slack/rendering/limits.ts';
import { cut, mrkdwn } from '../../../src/slack/rendering/mrkdwn.ts';
import { render, renderPlainly } from '../../../src/slack/rendering/render.ts';
import { appReports } from '../../support/apps-now.ts';
import { deployReports } from '../../support/deploys.ts';
import { scheduleReports } from '../../support/evenings.ts';

const at = Date.UTC(2026, 10, 21, 9, 30);

const blocks: Readonly<Record<string, Block>> = {
  text: {
    type: 'text',
    text: ['Needs 1 approval from ', { group: 'S0ONCALL000' }, '. Expires ', { time: at }],
  },
  note: { type: 'note', text: [{ code: 'op-81' }, ' · stop app=shop env=dev · plan 1234567890ab'] },
  heading: { type: 'heading', text: 'Look' },
  fields: {
    type: 'fields',
    fields: [
      { label: 'Shape', value: 'VM.Standard.E5.Flex' },
      { label: 'Owner', value: { user: 'U0ANAPETROV' } },
      { label: 'Image', value: '' },
    ].map(({ label, value }) => ({ label, value: typeof value === 'string' ? value : [value] })),
  },
  list: {
    type: 'list',
    items: [
      [{ strong: 'stop' }, ' – Stop what the selector means. ', { run: 'stop web-1' }],
      'plain & <simple>',
    ],
  },
  table: {
    type: 'table',
    columns: [{ label: 'Name' }, { label: 'Memory', align: 'right' }],
    rows: [
      ['web-1', '16 GB'],
      ['web-2', ''],
    ],
  },
  steps: {
    type: 'steps',
    steps: (['pending', 'running', 'done', 'failed', 'skipped', 'unknown'] as const).map((state) => ({
      label: `web-${state}`,
      state,
      ...(state === 'failed' ? { detail: '409 IncorrectState: it is <STOPPING>' } : {}),
    })),
  },
  code: { type: 'code', name: 'web-1.log', text: 'listening on :8080\n`ready` <!here> & *steady*' },
  image: {
    type: 'image',
    file: 'chart.png',
    alt: 'CPU of web-1',
    bytes: Buffer.from('not really a picture').toString('base64'),
  },
};

const actions: readonly Action[] = [
  { type: 'button', id: 'approve', label: 'Approve', value: 'op-81:1234567890ab', style: 'primary' },
  {
    type: 'button',
    id: 'deny',
    label: 'Deny',
    value: 'op-81:1234567890ab',
    style: 'danger',
    confirm: { title: 'Delete 2 instances', text: 'Their boot volumes go too.', yes: 'Delete 2 instances' },
  },
  {
    type: 'menu',
    id: 'choose',
    label: 'Which one?',
    options: [{ label: 'web-1 (eu-frankfurt-1)', value: 'k1', hint: 'shop/dev' }],
  },
];

const tones: readonly Tone[] = ['plain', 'waiting', 'running', 'success', 'warning', 'failure'];
const sentence: Text = [{ user: 'U0ANAPETROV' }, ' asks to stop 3 instances.'];
const golden = (name: string) => join(packageRoot, 'test/golden/slack', `${name}.json`);

/** Files are shown as text, so that a golden file can be read. */
function shown(report: Report): string {
  const { files, ...message } = render(report);
  const texts = files.map(({ name, title, bytes }) => ({ name, title, text: bytes.toString('utf8') }));
  return `${JSON.stringify({ ...message, files: texts }, null, 2)}\n`;
}

describe('each block and tone', () => {
  it.each(Object.entries(blocks))('%s', async (name, block) => {
    await expect(shown({ title: 'A sentence.', tone: 'plain', blocks: [block] })).toMatchFileSnapshot(
      golden(`block-${name}`),
    );
  });

  it.each(tones)('%s', async (tone) => {
    await expect(shown({ title: sentence, tone, blocks: [] })).toMatchFileSnapshot(golden(`tone-${tone}`));
  });

  it('buttons and menus', async () => {
    await expect(shown({ title: 'A sentence.', tone: 'plain', blocks: [], actions })).toMatchFileSnapshot(
      golden('actions'),
    );
  });

  it('every span', async () => {
    const text: Text = [
      'plain *stars* <b> ',
      { strong: 'st*rong' },
      ' ',
      { code: 'co`de' },
      ' ',
      { user: 'U0ANAPETROV' },
      { group: 'S0ONCALL000' },
      { channel: 'C0OPS000000' },
      ' ',
      { time: at },
      ' ',
      { link: 'https://cloud.oracle.com/?a=1&b=<|>', text: 'console <|>' },
      { link: 'javascript:alert(1)', text: ' no link ' },
      { run: 'list env=dev' },
    ];
    await expect(
      shown({ title: 'A sentence.', tone: 'plain', blocks: [{ type: 'text', text }] }),
    ).toMatchFileSnapshot(golden('spans'));
  });
});

describe('what channels read of schedules', () => {
  it.each(Object.entries(scheduleReports))('%s', async (name, report) => {
    expect(findingsOfBlocks(render(report).blocks, 'message', () => true)).toEqual([]);
    await expect(shown(report)).toMatchFileSnapshot(golden(`schedule-${name}`));
  });
});

describe('what people read of a deploy of six instances in two places', () => {
  it.each(Object.entries(deployReports))('%s', async (name, report) => {
    expect(findingsOfBlocks(render(report).blocks, 'message', () => true)).toEqual([]);
    await expect(shown(report)).toMatchFileSnapshot(golden(`deploy-${name}`));
  });
});

describe('what people read of an app of six instances in two places', () => {
  it.each(Object.entries(appReports))('%s', async (name, report) => {
    expect(findingsOfBlocks(render(report).blocks, 'message', () => true)).toEqual([]);
    await expect(shown(report)).toMatchFileSnapshot(golden(`app-${name}`));
  });
});

describe('text from outside', () => {
  const hostile = [
    '<!channel>',
    '<!here|here>',
    '<@U0ANAPETROV>',
    '<!subteam^S0ONCALL000>',
    '<https://evil|ok>',
  ];

  it.each(hostile)('%s stays text in every block', (name) => {
    const report: Report = {
      title: name,
      tone: 'plain',
      blocks: [
        { type: 'text', text: [name, { strong: name }, { code: name }] },
        { type: 'note', text: name },
        { type: 'fields', fields: [{ label: name, value: name }] },
        { type: 'list', items: [name] },
        { type: 'steps', steps: [{ label: name, state: 'failed', detail: name }] },
      ],
    };
    for (const drawn of [render(report), renderPlainly(report)])
      expect(JSON.stringify([drawn.text, drawn.blocks])).not.toContain('<');
  });

  it('an id that is none pages nobody', () => {
    expect(mrkdwn([{ user: 'U1> <!channel' }, { group: '!here' }, { channel: 'x' }])).toBe(
      '@U1&gt; &lt;!channel@!here#x',
    );
  });
});

const texts = fc.string({ unit: 'binary', maxLength: 4_000 });
const anyBlock: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ type: fc.constant('text' as const), text: texts }),
  fc.record({ type: fc.constant('note' as const), text: texts }),
  fc.record({ type: fc.constant('heading' as const), text: texts }),
  fc.record({ type: fc.constant('code' as const), text: texts }),
  fc.record({ type: fc.constant('list' as const), items: fc.array(texts, { maxLength: 120 }) }),
  fc.record({
    type: fc.constant('fields' as const),
    fields: fc.array(fc.record({ label: texts, value: texts }), { maxLength: 30 }),
  }),
  fc.record({
    type: fc.constant('steps' as const),
    steps: fc.array(
      fc.record({
        label: texts,
        state: fc.constantFrom('pending' as const, 'done' as const, 'failed' as const),
      }),
      { maxLength: 120 },
    ),
  }),
  fc.record({
    type: fc.constant('table' as const),
    columns: fc.constant([{ label: 'A' }, { label: 'B' }]),
    rows: fc.array(fc.tuple(texts, texts), { maxLength: 150 }),
  }),
);

describe('limits', () => {
  it('whatever is reported fits in a message', () => {
    fc.assert(
      fc.property(texts, fc.array(anyBlock, { maxLength: 8 }), (title, content) => {
        const drawn = render({ title, tone: 'running', blocks: content, actions });
        expect(findingsOfBlocks(drawn.blocks, 'message', () => true)).toEqual([]);
        expect(textLength(drawn.blocks)).toBeLessThan(13_200);
        expect(drawn.text.length).toBeLessThanOrEqual(limits.messageText);
        expect(drawn.blocks.at(-1)?.type).toBe('actions');
      }),
      { numRuns: 60 },
    );
  });

  it('a cut text tears no markup, entity or character', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '&amp;', '<@U1>', '😀', ' ')), fc.nat(40), (parts, room) => {
        const short = cut(parts.join(''), room + 2);
        expect(short.length).toBeLessThanOrEqual(room + 2);
        expect(short.split('<').length).toBe(short.split('>').length);
        expect(short).not.toMatch(/&(?!amp;)/);
        expect(short).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
      }),
    );
  });

  it('a long table is cut, counted and comes as a file', () => {
    const rows = Array.from({ length: 2_000 }, (_, n) => [`web-${n}`, '=cmd()']);
    const { blocks: drawn, files } = render({
      title: 'There are 2000 instances.',
      tone: 'plain',
      blocks: [{ type: 'table', columns: [{ label: 'Name' }, { label: 'Note' }], rows }],
    });
    expect(JSON.stringify(drawn)).toMatch(/… 19\d\d more; all 2000 are in table.csv/);
    const lines = files[0]?.bytes.toString('utf8').trimEnd().split('\r\n');
    expect(lines).toHaveLength(2_001);
    expect(lines?.at(-1)).toBe("web-1999,'=cmd()");
  });

  it('of many steps those that need eyes are shown', () => {
    const steps = Array.from({ length: 300 }, (_, n) => ({
      label: `instance-with-a-rather-long-name-${n} (instance, eu-frankfurt-1)`,
      state: n === 299 ? ('failed' as const) : ('done' as const),
    }));
    const drawn = JSON.stringify(
      render({ title: 'x', tone: 'running', blocks: [{ type: 'steps', steps }] }).blocks,
    );
    expect(drawn).toContain('instance-with-a-rather-long-name-299 ');
    expect(drawn).toMatch(/… \d+ more: ✅ Done \d+/);
  });
});
