import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutLine, quoteWord } from '../../src/core/parse.ts';
import { Refusal } from '../../src/core/refusal.ts';

const words = (line: string) => cutLine(line).map(({ text }) => text);

describe('a line as Slack really sends it', () => {
  test.each([
    ['stop app=shop env=dev', ['stop', 'app=shop', 'env=dev']],
    ['stop\u00a0web-1\u2003 \u2014dry-run', ['stop', 'web-1', '--dry-run']],
    ['stop web-1 \u2013dry-run', ['stop', 'web-1', '--dry-run']],
    [
      'cancel op-1 --because \u201cwrong environment\u201d',
      ['cancel', 'op-1', '--because', 'wrong environment'],
    ],
    ['history <@U012AB3CD|ana>', ['history', 'U012AB3CD']],
    ['help <#C012AB3CD|ops> <!subteam^S012AB|@oncall>', ['help', 'C012AB3CD', 'S012AB']],
    ['inspect <http://web-1.example|web-1.example>', ['inspect', 'web-1.example']],
    ['inspect <https://example.test/a>', ['inspect', 'https://example.test/a']],
    ['list name=a&amp;b &lt;x&gt;', ['list', 'name=a&b', '<x>']],
    ["stop 'web 1' web\\ 2", ['stop', 'web 1', 'web 2']],
    ['list it\u2019s', ['list', "it's"]],
    ['', []],
    ['   ', []],
    ['stop ""', ['stop', '']],
    ['stop a\u0000b\u202ec\u200b', ['stop', 'abc']],
  ])('%j', (sent, expected) => expect(words(sent)).toEqual(expected));

  test('a quoted flag is a word', () => {
    expect(cutLine('stop "--dry-run"')).toEqual([
      { text: 'stop', quoted: false },
      { text: '--dry-run', quoted: true },
    ]);
  });

  test.each(['stop "web-1', "stop 'web-1", 'stop "a\\"'])('refuses the unclosed quote in %j', (line) => {
    expect(() => cutLine(line)).toThrow(/not closed/);
  });

  test('refuses 3,000 characters with both numbers', () => {
    expect(() => cutLine('x'.repeat(3000))).toThrow(/3000 characters; I read at most 2000/);
  });

  test('whatever is sent is cut or refused, never more', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2100 }), (line) => {
        try {
          // biome-ignore lint/suspicious/noControlCharactersInRegex: that none is left is the point
          for (const { text } of cutLine(line)) expect(text).not.toMatch(/[\u0000-\u001f\u202e]/);
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
    );
  });

  test('a quoted word comes out as it went in', () => {
    const typed = fc.string({ unit: fc.constantFrom(...'ab-="\' \\:*,'), minLength: 0, maxLength: 12 });
    const plain = typed.filter((text) => text === text.trim() && !/ {2}/.test(text));
    fc.assert(
      fc.property(plain, (text) => {
        expect(words(quoteWord(text))).toEqual([text]);
      }),
    );
  });
});
