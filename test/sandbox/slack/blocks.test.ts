import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Surface } from '../../../sandbox/slack/blocks/blocks.ts';
import { findingsOfBlocks, findingsOfView } from '../../../sandbox/slack/blocks/validate.ts';
import { actions, button, type Json, section } from './support.ts';

const find = (blocks: unknown, surface: Surface = 'message') =>
  findingsOfBlocks(blocks, surface, () => false);
const plain = (text: string): Json => ({ type: 'plain_text', text });
const option = (value: string, text = value): Json => ({ text: plain(text), value });
const input = (element: Json): Json => ({ type: 'input', label: plain('Name'), element });
const rich = (text: string): Json => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text, style: { bold: true } }] }],
});
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

describe('what Slack takes', () => {
  const good: Record<string, Json> = {
    actions: actions(
      button('a', 'Approve', { style: 'primary', value: 'x' }),
      { type: 'static_select', action_id: 's', options: [option('1')], placeholder: plain('Which?') },
      { type: 'external_select', action_id: 'e', min_query_length: 0 },
      { type: 'users_select', action_id: 'u' },
      { type: 'overflow', action_id: 'o', options: [option('1')] },
      { type: 'datepicker', action_id: 'd', initial_date: '2026-11-21' },
    ),
    card: { type: 'card', title: { type: 'mrkdwn', text: '*web-1*' }, actions: [button('a', 'Open')] },
    carousel: { type: 'carousel', elements: [{ type: 'card', body: { type: 'mrkdwn', text: 'x' } }] },
    container: {
      type: 'container',
      title: plain('More'),
      child_blocks: [section('x')],
      is_collapsible: true,
    },
    context: {
      type: 'context',
      elements: [
        { type: 'mrkdwn', text: 'x' },
        { type: 'image', alt_text: 'x', image_url: 'https://x.example/x.png' },
      ],
    },
    data_table: {
      type: 'data_table',
      caption: 'Instances',
      rows: [[{ type: 'raw_text', text: 'name' }], [{ type: 'raw_number', value: 3, text: '3' }]],
    },
    divider: { type: 'divider' },
    header: { type: 'header', text: plain('Plan') },
    image: { type: 'image', alt_text: 'chart', image_url: 'https://x.example/x.png' },
    input: input({ type: 'plain_text_input', action_id: 'p', multiline: true, max_length: 3000 }),
    markdown: { type: 'markdown', text: '# Title' },
    plan: {
      type: 'plan',
      title: 'Stop',
      tasks: [{ type: 'task_card', task_id: '1', title: 'web-1', status: 'complete', output: rich('done') }],
    },
    rich_text: rich('bold'),
    section: { ...section('x'), accessory: button('a', 'Go'), fields: [plain('f')] },
    table: {
      type: 'table',
      rows: [[{ type: 'raw_text', text: 'a' }, rich('b')]],
      column_settings: [{ align: 'right' }],
    },
    video: {
      type: 'video',
      alt_text: 'x',
      title: plain('x'),
      thumbnail_url: 'https://x.example/t.png',
      video_url: 'https://x.example/v',
    },
  };

  test.each(Object.entries(good))('%s', (_, block) => {
    expect(find([block])).toEqual([]);
  });
});

describe('what Slack refuses, in its words', () => {
  const bad: [string, unknown, string][] = [
    [
      '51 blocks',
      many(51, () => ({ type: 'divider' })),
      'no more than 50 items allowed [json-pointer:/blocks]',
    ],
    [
      '26 buttons',
      [actions(...many(26, (n) => button(`a${n}`, 'x')))],
      'no more than 25 items allowed [json-pointer:/blocks/0/elements]',
    ],
    [
      'a long section',
      [section('x'.repeat(3001))],
      'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
    ],
    ['an empty text', [section('')], 'must be more than 0 characters [json-pointer:/blocks/0/text/text]'],
    [
      'a section of nothing',
      [{ type: 'section' }],
      'must define either `text` or `fields` [json-pointer:/blocks/0/type]',
    ],
    ['an unknown block', [{ type: 'sections' }], 'unsupported type: sections [json-pointer:/blocks/0/type]'],
    [
      'a header in mrkdwn',
      [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }],
      'unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]',
    ],
    [
      'a long header',
      [{ type: 'header', text: plain('x'.repeat(151)) }],
      'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'a long button',
      [actions(button('a', 'x'.repeat(76)))],
      'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
    ],
    [
      'a long value',
      [actions(button('a', 'x', { value: 'v'.repeat(2001) }))],
      'must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]',
    ],
    [
      'a wrong style',
      [actions(button('a', 'x', { style: 'green' }))],
      'must be a valid enum value: primary, danger [json-pointer:/blocks/0/elements/0/style]',
    ],
    [
      'an unknown property',
      [{ type: 'divider', colour: 'red' }],
      'invalid additional property: colour [json-pointer:/blocks/0]',
    ],
    [
      'the same block_id twice',
      many(2, () => ({ type: 'divider', block_id: 'x' })),
      'block_id already exists: x [json-pointer:/blocks/1/block_id]',
    ],
    [
      'the same action_id twice',
      [actions(button('a', 'x'), button('a', 'y'))],
      'action_id already exists: a [json-pointer:/blocks/0/elements/1/action_id]',
    ],
    [
      'eleven fields',
      [{ type: 'section', fields: many(11, () => plain('x')) }],
      'no more than 10 items allowed [json-pointer:/blocks/0/fields]',
    ],
    [
      'six overflow options',
      [actions({ type: 'overflow', action_id: 'o', options: many(6, (n) => option(`${n}`)) })],
      'no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]',
    ],
    [
      'a select of nothing',
      [actions({ type: 'static_select', action_id: 's' })],
      'must define either `options` or `option_groups` [json-pointer:/blocks/0/elements/0]',
    ],
    [
      '101 rows',
      [{ type: 'table', rows: many(101, () => [{ type: 'raw_text', text: 'x' }]) }],
      'no more than 100 items allowed [json-pointer:/blocks/0/rows]',
    ],
    [
      'two tables',
      many(2, () => ({ type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] })),
      'only one table allowed [json-pointer:/blocks]',
    ],
    [
      'a file that is not there',
      [{ type: 'image', alt_text: 'x', slack_file: { id: 'F1' } }],
      'invalid slack file [json-pointer:/blocks/0/slack_file]',
    ],
    [
      'a script as link',
      [actions(button('a', 'x', { url: 'javascript:alert(1)' }))],
      'must be a valid URL [json-pointer:/blocks/0/elements/0/url]',
    ],
    ['a text where a block belongs', ['x'], 'must provide an object [json-pointer:/blocks/0]'],
    [
      'an alert in a message',
      [{ type: 'alert', text: plain('x') }],
      'unsupported type: alert [json-pointer:/blocks/0/type]',
    ],
    [
      'a prototype as type',
      [{ type: 'constructor' }],
      'unsupported type: constructor [json-pointer:/blocks/0/type]',
    ],
  ];

  test.each(bad)('%s', (_, blocks, finding) => {
    expect(find(blocks)).toContain(finding);
  });

  test('a table is for messages, an alert for modals', () => {
    const table = { type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] };
    expect(find([table], 'home')).toEqual(['unsupported type: table [json-pointer:/blocks/0/type]']);
    expect(find([{ type: 'alert', text: plain('x') }], 'modal')).toEqual([]);
  });

  test('a modal with an input needs a submit button, and a title of 24 characters', () => {
    const view = {
      type: 'modal',
      title: plain('x'.repeat(25)),
      blocks: [input({ type: 'plain_text_input' })],
    };
    expect(findingsOfView(view, () => false)).toEqual([
      'must be less than 25 characters [json-pointer:/view/title/text]',
      'must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/0/input]',
    ]);
  });
});

test('whatever it is given, the validator answers findings that point into it', () => {
  fc.assert(
    fc.property(fc.array(fc.anything({ maxDepth: 4 })), (blocks) => {
      for (const finding of find(blocks)) expect(finding).toMatch(/ \[json-pointer:\/blocks/);
    }),
    { numRuns: 200 },
  );
});

test('a section is taken exactly up to 3,000 characters', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6000 }), (length) => {
      expect(find([section('x'.repeat(length))]).length === 0).toBe(length <= 3000);
    }),
    { numRuns: 50 },
  );
});
