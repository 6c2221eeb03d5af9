import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { richText } from '../../../sandbox/page/src/blocks/mrkdwn.ts';

const marked = (text: string, verbatim = true) => richText({ type: 'mrkdwn', text, verbatim });

/** The elements of a text that is one paragraph. */
function paragraph(text: string, verbatim = true): readonly object[] {
  const [only, ...more] = marked(text, verbatim);
  expect(more).toEqual([]);
  expect(only?.type).toBe('rich_text_section');
  return only?.elements ?? [];
}

const text = (words: string, style = {}) => ({ type: 'text', text: words, style });

/** As an app escapes what is not its own. */
const escaped = (words: string) =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

describe('Slack text as rich text', () => {
  it.each([
    [
      '*web-1* is _up_, ~not~',
      [
        text('web-1', { bold: true }),
        text(' is '),
        text('up', { italic: true }),
        text(', '),
        text('not', { strike: true }),
      ],
    ],
    ['*_both_*', [text('both', { bold: true, italic: true })]],
    ['`a *b* &lt;c&gt;`', [text('a *b* <c>', { code: true })]],
    ['2*3*4 snake_case_name * a * b', [text('2*3*4 snake_case_name * a * b')]],
    ['*open\nnever* closed', [text('*open\nnever* closed')]],
    ['**two** stars', [text('**two** stars')]],
    [
      'from 10:30:45 :tada: to :+1:',
      [text('from 10:30:45 '), { type: 'emoji', name: 'tada' }, text(' to '), { type: 'emoji', name: '+1' }],
    ],
    [
      '<@U1|ana> <#C1> <!subteam^S1>',
      [
        { type: 'user', user_id: 'U1', style: {} },
        text(' '),
        { type: 'channel', channel_id: 'C1', style: {} },
        text(' '),
        { type: 'usergroup', usergroup_id: 'S1', style: {} },
      ],
    ],
    ['<!here>', [{ type: 'broadcast', range: 'here', style: {} }]],
    [
      '<https://a.test/?x=1&amp;y=2|a *link*>',
      [{ type: 'link', url: 'https://a.test/?x=1&y=2', text: 'a *link*', style: {} }],
    ],
    [
      '<!date^1795262022^{date} at {time}|then>',
      [{ type: 'date', timestamp: 1795262022, format: '{date} at {time}', style: {} }],
    ],
    ['<!date^soon^{date}|then>', [text('then')]],
    ['# no heading\n1. no list', [text('# no heading\n1. no list')]],
  ])('%s', (given, elements) => expect(paragraph(given)).toEqual(elements));

  it('an escaped mention is text', () =>
    expect(paragraph('&lt;!channel&gt; nightly')).toEqual([text('<!channel> nightly')]));

  it('addresses are links, unless the text is verbatim', () => {
    expect(paragraph('see https://a.test/b.', false)).toEqual([
      text('see '),
      { type: 'link', url: 'https://a.test/b', style: {} },
      text('.'),
    ]);
    expect(paragraph('see https://a.test/b.')).toEqual([text('see https://a.test/b.')]);
  });

  it('quotes and code stand by themselves', () =>
    expect(marked('before\n&gt; one\n&gt; two\nafter\n```\n a *b*\n```').map(({ type }) => type)).toEqual([
      'rich_text_section',
      'rich_text_quote',
      'rich_text_section',
      'rich_text_preformatted',
    ]));

  it('plain text has emoji where it may, and no other mark', () => {
    expect(richText({ type: 'plain_text', text: '*a* :x:' })[0]?.elements).toEqual([
      text('*a* '),
      { type: 'emoji', name: 'x' },
    ]);
    expect(richText({ type: 'plain_text', text: '*a* :x:', emoji: false })[0]?.elements).toEqual([
      text('*a* :x:'),
    ]);
  });

  it('nothing that is escaped addresses anybody', () =>
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('<', '>', '!', '@', '#', '|', '&', '*', '`', 'U', 'channel', ' ', '\n'),
        }),
        (words) => {
          const said = JSON.stringify(marked(escaped(words)));
          expect(said).not.toMatch(/"type":"(user|channel|usergroup|broadcast|link|date)"/);
        },
      ),
    ));

  it('text without marks is read as it is written', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'é', '本', ' ', '.', '(', '-', '"', '\\') }),
        (words) => {
          fc.pre(words !== '');
          expect(paragraph(words)).toEqual([text(words)]);
        },
      ),
    ));
});
