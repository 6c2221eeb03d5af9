import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import abort from '../../commands/abort.ts';
import deploy from '../../commands/deploy.ts';
import rollback from '../../commands/rollback.ts';
import type { Actor } from '../../src/core/actor.ts';
import { cutLine } from '../../src/core/parse.ts';
import { complete, type Source } from '../../src/terminal/complete.ts';
import { History } from '../../src/terminal/history.ts';
import { readOptions } from '../../src/terminal/options.ts';
import { Display } from '../../src/terminal/screen.ts';
import { commands } from '../config/commands.ts';

describe('the arguments', () => {
  test.each([
    [['stop app=shop env=dev'], 'stop app=shop env=dev'],
    [['stop', 'app=shop', 'env=dev'], 'stop app=shop env=dev'],
    [['stop app=shop', '--dry-run'], 'stop app=shop --dry-run'],
    [['inspect', 'my web'], 'inspect "my web"'],
    [['stop "my web"'], 'stop "my web"'],
    [['cancel', 'op-81', '--because=wrong one'], 'cancel op-81 --because "wrong one"'],
    [['cancel op-81', '--because', 'wrong one'], 'cancel op-81 --because "wrong one"'],
    [[], ''],
  ])('%j is the line %j', (argv, line) => {
    expect(readOptions(argv)).toEqual({ line, json: false, yes: false });
  });

  test('--json and --yes are the terminal’s own, wherever they stand', () => {
    expect(readOptions(['--json', 'stop web-1', '--yes'])).toEqual({
      line: 'stop web-1',
      json: true,
      yes: true,
    });
  });

  test('words come out of the line as the shell gave them', () => {
    const word = fc
      .string({
        minLength: 1,
        unit: fc.constantFrom('a', 'B', '1', '-', '=', ':', '*', ' ', '"', "'", '\\', ','),
      })
      .filter((text) => text.trim() === text && !/ {2}|^--/.test(text));
    const first = fc.stringMatching(/^[a-z]{1,8}$/);
    fc.assert(
      fc.property(first, fc.array(word, { maxLength: 4 }), (command, words) => {
        const { line } = readOptions([command, ...words]);
        expect(cutLine(line).map(({ text }) => text)).toEqual([command, ...words]);
      }),
    );
  });
});

describe('completion', () => {
  const actor: Actor = { kind: 'terminal', user: 'ana' };
  const source: Source = {
    commands,
    suggest: async ({ what }) =>
      (what === 'targets' ? ['web-1', 'web-2', 'env=dev'] : ['op-81', 'op-82']).map((value) => ({ value })),
  };

  test.each([
    ['', ['cancel ', 'help ', 'history ', 'list ', 'policy ', 'restart ', 'start ', 'stop '], ''],
    ['st', ['start ', 'stop '], 'st'],
    ['stop ', ['compartment:', 'env=dev', 'kind:', 'name:', 'region:', 'web-1', 'web-2'], ''],
    ['stop web-1 we', ['web-1', 'web-2'], 'we'],
    ['stop kind:a', ['kind:analytics', 'kind:autonomous-database'], 'kind:a'],
    ['stop web-1 --', ['--dry-run', '--force'], '--'],
    ['cancel op', ['op-81', 'op-82'], 'op'],
    ['help l', ['list'], 'l'],
    ['help policy ', ['explain'], ''],
    ['policy ', ['explain '], ''],
    ['policy explain st', [], 'st'],
    ['nonsense w', [], 'w'],
  ])('of %j', async (line, found, typed) => {
    expect(await complete(source, actor, line)).toEqual([found, typed]);
  });
});

describe('completion of a deploy', () => {
  const actor: Actor = { kind: 'terminal', user: 'ana' };
  const asked: object[] = [];
  const offered: Readonly<Record<string, readonly string[]>> = {
    apps: ['shop', 'store'],
    images: ['1.4.2', '1.4.1'],
    strategies: ['rolling', 'canary 5 % 10m, 100 %'],
    releases: ['7', '6'],
    deploys: ['shop', 'op-81'],
  };
  const source: Source = {
    commands: [
      { name: 'abort', ...abort },
      { name: 'deploy', ...deploy },
      { name: 'rollback', ...rollback },
    ],
    suggest: async ({ what, beside }) => {
      asked.push({ what, beside });
      return (offered[what] ?? []).map((value) => ({ value }));
    },
  };

  test.each([
    ['deploy s', ['shop', 'store'], 's'],
    ['deploy store ', ['canary 5 % 10m, 100 %', 'image=1.4.1', 'image=1.4.2', 'rolling'], ''],
    ['deploy store image=1.4.2', ['image=1.4.2'], 'image=1.4.2'],
    ['deploy store image=1.4.2 roll', ['rolling'], 'roll'],
    ['rollback store ', ['canary 5 % 10m, 100 %', 'rolling', 'to 6', 'to 7'], ''],
    ['rollback store to ', ['6', '7'], ''],
    ['rollback store to 7 r', ['rolling'], 'r'],
    ['abort s', ['shop'], 's'],
  ])('of %j', async (line, found, typed) => {
    expect(await complete(source, actor, line)).toEqual([found, typed]);
  });

  test('asks for what there is of that app', () => {
    expect(asked).toContainEqual({ what: 'images', beside: { app: 'store' } });
  });
});

describe('the history', () => {
  test('is kept newest first, for its owner alone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'lamplighter-history-'));
    try {
      const history = new History(join(folder, 'store'));
      expect(history.read()).toEqual([]);
      history.write(['stop web-1', 'list']);
      expect(history.read()).toEqual(['stop web-1', 'list']);
      expect(statSync(join(folder, 'store/terminal-history')).mode & 0o777).toBe(0o600);
      history.write(Array.from({ length: 1200 }, (_, at) => `line ${at}`));
      expect(history.read()).toHaveLength(1000);
      expect(readFileSync(join(folder, 'store/terminal-history'), 'utf8').endsWith('line 0\n')).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('a block that is drawn again', () => {
  /** A stream with the size of a terminal that remembers what was written. */
  class Paper extends Writable {
    written = '';
    readonly isTTY = true;
    readonly columns = 20;
    readonly rows = 4;
    override _write(chunk: Buffer, _: string, done: () => void): void {
      this.written += chunk.toString();
      done();
    }
  }

  test('takes the place of what it was, fits the window, and is whole at the end', () => {
    const paper = new Paper();
    const display = new Display(paper, { NO_COLOR: '1' });
    display.draw(['a', 'b', 'c', 'd', 'e'], false);
    display.draw(['A line of more than twenty cells'], false);
    display.draw(['1', '2', '3', '4', '5'], true);
    display.print(['end']);
    expect(paper.written).toBe(
      [
        'a\nb\nc\n',
        '\u001b[3A\r\u001b[0JA line of more than\n',
        '\u001b[1A\r\u001b[0J1\n2\n3\n4\n5\n',
        'end\n',
      ].join(''),
    );
  });
});
