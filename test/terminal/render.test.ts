import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Block, Report, Tone } from '../../src/core/report.ts';
import { packageRoot } from '../../src/root.ts';
import { coloured, paintFor, plain } from '../../src/terminal/paint.ts';
import { plainScreen, renderReport, type Screen } from '../../src/terminal/render.ts';
import { widthOf } from '../../src/terminal/width.ts';
import { appReports } from '../support/apps-now.ts';
import { deployReports } from '../support/deploys.ts';
import { scheduleReports } from '../support/evenings.ts';

const golden = (name: string) => join(packageRoot, 'test/golden/terminal', `${name}.txt`);
const shown = (report: Report, screen: Screen = plainScreen) =>
  `${renderReport(report, screen).join('\n')}\n`;
const of = (...blocks: Block[]): Report => ({ title: 'This is what there is.', tone: 'plain', blocks });
const noon = Date.UTC(2026, 10, 21, 12);

const blocks: Readonly<Record<string, Block>> = {
  text: {
    type: 'text',
    text: [
      'Needs 1 approval from ',
      { user: 'U0BENOKAFOR' },
      ' or ',
      { group: 'S0ONCALL000' },
      ' in ',
      { channel: 'C0OPS000000' },
      '. Expires ',
      { time: noon },
      '. ',
      { strong: 'Attention' },
      ': see ',
      { link: 'https://cloud.oracle.com/compute', text: 'the console' },
      ' or type ',
      { run: 'stop app=shop env=dev' },
      ' with ',
      { code: 'op-81' },
      '.\nA second line stays one.',
    ],
  },
  note: { type: 'note', text: [{ code: 'op-81' }, ' · stop web-1 · plan 4f1c2a9b77e0'] },
  heading: { type: 'heading', text: 'Change' },
  fields: {
    type: 'fields',
    fields: [
      { label: 'State', value: 'RUNNING' },
      { label: 'Fault domain', value: 'FAULT-DOMAIN-2' },
      {
        label: 'Description',
        value: 'A long value that has to go on in a second line because it does not fit into the first one',
      },
      { label: 'A label that is longer than a third of the line', value: 'below it' },
      { label: 'Empty', value: '' },
    ],
  },
  list: {
    type: 'list',
    items: [
      'stop – Stop resources',
      'An item that is so long that it has to be continued on the next line, set in like this',
      '',
    ],
  },
  table: {
    type: 'table',
    columns: [{ label: 'Name' }, { label: 'State' }, { label: 'OCPUs', align: 'right' }],
    rows: [
      ['web-1', 'RUNNING', '4'],
      ['データベース', 'STOPPED', '16'],
      ['café-☕', 'STOPPING', '0.5'],
      ['short row'],
    ],
  },
  'table-wide': {
    type: 'table',
    columns: ['Name', 'Kind', 'Now', 'Compartment', 'Region', 'Tags'].map((label) => ({ label })),
    rows: [
      [
        'shop-dev-api',
        'container-instance',
        'ACTIVE',
        'shop/dev',
        'eu-frankfurt-1',
        'app=shop env=dev owner=team-shop',
      ],
      [
        'shop-dev-orders',
        'autonomous-database',
        'AVAILABLE',
        'shop/dev/databases',
        'eu-zurich-1',
        'app=shop env=dev',
      ],
    ],
  },
  'table-empty': { type: 'table', columns: [{ label: 'Name' }], rows: [] },
  steps: {
    type: 'steps',
    steps: [
      { label: 'web-1 (instance, eu-frankfurt-1)', state: 'done' },
      { label: 'web-2 (instance, eu-frankfurt-1)', state: 'running', detail: 'work request 40 %' },
      { label: 'web-3 (instance, eu-frankfurt-1)', state: 'pending' },
      {
        label: 'web-4 (instance, eu-frankfurt-1)',
        state: 'failed',
        detail: 'not STOPPED after 10 min; it is still STOPPING, and this goes on for a while',
      },
      { label: 'web-5 (instance, eu-frankfurt-1)', state: 'skipped' },
      { label: 'web-6 (instance, eu-frankfurt-1)', state: 'unknown', detail: 'the reply was lost' },
    ],
  },
  code: { type: 'code', name: 'api.log', text: 'GET /health 200\n\tat listen (server.js:1)\n\nready' },
  image: { type: 'image', file: 'load.png', bytes: 'iVBORw0KGgo=', alt: 'Load of web-1 over the last hour' },
};

describe('every block', () => {
  test.each(Object.entries(blocks))('%s', async (name, block) => {
    await expect(shown(of(block))).toMatchFileSnapshot(golden(name));
  });

  test('all of them together, in 60 columns', async () => {
    const report: Report = {
      title: [
        { user: 'U0ANAPETROV' },
        ' asks to stop 3 instances and 2 container instances, as a sentence that is long.',
      ],
      tone: 'waiting',
      blocks: Object.values(blocks),
      actions: [
        { type: 'button', id: 'approve', label: 'Approve', value: 'op-81:4f1c' },
        { type: 'button', id: 'cancel', label: 'Cancel', value: 'op-81' },
        {
          type: 'menu',
          id: 'choose',
          label: 'Which one?',
          options: Array.from({ length: 10 }, (_, at) => ({
            label: `web-1 · eu-zone-${at}`,
            value: `key-${at}`,
            hint: 'compute instance in shop/dev, RUNNING',
          })),
        },
      ],
    };
    await expect(shown(report, { width: 60, paint: plain })).toMatchFileSnapshot(golden('together'));
    await expect(shown(report, { width: 60, paint: coloured })).toMatchFileSnapshot(
      golden('together-coloured'),
    );
  });

  test.each<Tone>(['plain', 'waiting', 'running', 'success', 'warning', 'failure'])(
    'tone %s',
    async (tone) => {
      await expect(shown({ title: 'It is as it is.', tone, blocks: [] })).toMatchFileSnapshot(
        golden(`tone-${tone}`),
      );
    },
  );
});

describe('what channels read of schedules', () => {
  test.each(Object.entries(scheduleReports))('%s', async (name, report) => {
    await expect(shown(report)).toMatchFileSnapshot(golden(`schedule-${name}`));
  });
});

describe('what people read of a deploy of six instances in two places', () => {
  test.each(Object.entries(deployReports))('%s', async (name, report) => {
    await expect(shown(report)).toMatchFileSnapshot(golden(`deploy-${name}`));
  });
});

describe('what people read of an app of six instances in two places', () => {
  test.each(Object.entries(appReports))('%s', async (name, report) => {
    await expect(shown(report)).toMatchFileSnapshot(golden(`app-${name}`));
  });
});

describe('text from outside', () => {
  const hostile = 'web\u001b[2J\u001b]0;owned\u0007-1\u009b31m\r\u0008\u202Etxt\u0000\u200B';

  test('cannot move the cursor, ring, colour or turn the reading around', () => {
    const report: Report = {
      title: [`Stop ${hostile}`, { strong: hostile }],
      tone: 'plain',
      blocks: [
        { type: 'text', text: hostile },
        { type: 'note', text: [{ link: `https://x/${hostile}`, text: hostile }] },
        { type: 'heading', text: hostile },
        { type: 'fields', fields: [{ label: hostile, value: hostile }] },
        { type: 'list', items: [hostile] },
        { type: 'table', columns: [{ label: hostile }], rows: [[hostile]] },
        { type: 'steps', steps: [{ label: hostile, state: 'done', detail: hostile }] },
        { type: 'code', name: hostile, text: hostile },
        { type: 'image', file: hostile, bytes: '', alt: hostile },
      ],
      actions: [
        {
          type: 'menu',
          id: 'choose',
          label: hostile,
          options: [{ label: hostile, value: 'k', hint: hostile }],
        },
      ],
    };
    expect(shown(report)).not.toMatch(/[^\P{Cc}\n]|[\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069]/u);
  });

  const anyText = fc.string({
    unit: fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      fc.constantFrom('\u001b[', '\n', '\t', ' ', '-'),
    ),
  });

  test('leaves no control character in any block', () => {
    fc.assert(
      fc.property(anyText, anyText, fc.integer({ min: 20, max: 120 }), (one, two, width) => {
        const report: Report = {
          title: one,
          tone: 'success',
          blocks: [
            { type: 'fields', fields: [{ label: one, value: two }] },
            { type: 'table', columns: [{ label: one }, { label: two }], rows: [[two, one]] },
            { type: 'code', text: two },
          ],
        };
        const lines = renderReport(report, { width, paint: plain });
        for (const line of lines) expect(line).not.toMatch(/[^\P{Cc}\t]/u);
      }),
    );
  });

  test('is never lost: what a table cannot hold in a line goes on in the next', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z-]{1,60}$/), { minLength: 1, maxLength: 6 }), (cells) => {
        const block: Block = { type: 'table', columns: cells.map(() => ({ label: 'Name' })), rows: [cells] };
        const lines = renderReport(of(block), { width: 80, paint: plain }).slice(3);
        const letters = (text: string) => [...text.replace(/\s/g, '')].sort().join('');
        expect(letters(lines.join(''))).toBe(letters(cells.join('')));
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(80);
      }),
    );
  });
});

describe('colour', () => {
  test('says nothing that the words do not say', () => {
    const report: Report = { title: 'Done.', tone: 'failure', blocks: Object.values(blocks) };
    const painted = shown(report, { width: 80, paint: coloured });
    expect(painted).not.toBe(shown(report));
    expect(stripVTControlCharacters(painted)).toBe(shown(report));
  });

  test.each([
    [{}, true, true],
    [{}, false, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '0' }, true, false],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
    [{ TERM: 'dumb' }, true, false],
  ])('%j, terminal %s: %s', (env, isTerminal, expected) => {
    expect(paintFor(env, isTerminal) === coloured).toBe(expected);
  });
});

test.each([
  ['web-1', 5],
  ['日本', 4],
  ['e\u0301', 1],
  ['✓', 1],
  ['☕', 2],
  ['👩‍🚀', 2],
  ['🇩🇪', 2],
  ['\u200D', 0],
])('%s takes %i cells', (text, cells) => {
  expect(widthOf(text)).toBe(cells);
});
