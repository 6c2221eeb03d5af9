import { join } from 'node:path';
import type { NamedCommand } from '../../src/command.ts';
import { cutLine } from '../../src/core/parse.ts';
import { Refusal } from '../../src/core/refusal.ts';
import type { Report } from '../../src/core/report.ts';
import type { Outbox } from '../../src/engine/mail/outbox.ts';
import { bind } from '../../src/line/bind.ts';
import { loadCommands } from '../../src/line/registry.ts';
import { packageRoot } from '../../src/root.ts';
import type { Answer, Asked, HomeContents, Pipeline, Suggestion } from '../../src/slack/ports.ts';

type Handled = Asked & { readonly line: string };
type Pressed = Parameters<Pipeline['press']>[0];

/**
 * A small product behind the front end. `stop` becomes an operation with one message, `which` asks with
 * a menu, `share` answers everybody, `list 500` answers with a table, `break` breaks; anything else is
 * repeated to the caller.
 */
export class House implements Pipeline {
  readonly commands: readonly NamedCommand[];
  readonly handled: Handled[] = [];
  readonly pressed: Pressed[] = [];
  readonly chosen: string[] = [];
  contents: HomeContents;
  readonly #outbox: Outbox;
  readonly #listeners = new Set<(operation: string) => void>();
  #operations = 80;

  private constructor(commands: readonly NamedCommand[], outbox: Outbox) {
    this.commands = commands;
    this.contents = { approvals: [], running: [], keeps: [], commands };
    this.#outbox = outbox;
  }

  static async open(outbox: Outbox): Promise<House> {
    return new House(await loadCommands(join(packageRoot, 'commands')), outbox);
  }

  async handle(request: Handled): Promise<Answer> {
    this.handled.push(request);
    const [command, count] = request.line.split(' ');
    switch (command) {
      case 'stop':
        return this.#stop(request);
      case 'which':
        return { visibility: 'caller', outcome: 'done', report: menu };
      case 'warn':
        return { visibility: 'channel', outcome: 'done', report: warning };
      case 'share':
        return { visibility: 'channel', outcome: 'done', report: plain('There are 2 instances.') };
      case 'list':
        return { visibility: 'caller', outcome: 'done', report: table(Number(count)) };
      case 'break':
        throw new Error('the house broke');
      default:
        return { visibility: 'caller', outcome: 'done', report: plain(`You said “${request.line}”.`) };
    }
  }

  async press(request: Pressed): Promise<Report | undefined> {
    this.pressed.push(request);
    if (request.digest !== 'd1') return plain('The plan changed. Nothing was decided.');
    const by = request.actor.kind === 'slack' ? request.actor.user : '';
    await this.#outbox.put({
      key: request.operation,
      to: { kind: 'channel', channel: 'unused' },
      report: { ...plain(''), title: [{ user: by }, ` decided: ${request.verdict}.`] },
    });
    return undefined;
  }

  async choose({ choice }: Asked & { readonly choice: string }): Promise<Answer> {
    this.chosen.push(choice);
    return { visibility: 'caller', outcome: 'done', report: plain(`You chose ${choice}.`) };
  }

  async retire({ operation, place }: Parameters<Pipeline['retire']>[0]): Promise<Answer> {
    return { visibility: 'caller', outcome: 'done', report: plain(`You retire ${place} of ${operation}.`) };
  }

  async cancel({ operation }: Asked & { readonly operation: string }): Promise<Report | undefined> {
    return plain(`${operation} is not yours to cancel.`);
  }

  async suggest({ what, typed }: { readonly what: string; readonly typed: string }): Promise<Suggestion[]> {
    return ['web-1', 'web-2', 'db-1']
      .filter((name) => what === 'targets' && name.startsWith(typed))
      .map((name) => ({ label: name, value: name, hint: 'instance' }));
  }

  async home(): Promise<HomeContents> {
    return this.contents;
  }

  fault(line: string): string | undefined {
    try {
      const [first, ...rest] = cutLine(line);
      const command = this.commands.find(({ name }) => name === first?.text);
      if (command) bind(command, rest);
      return command ? undefined : 'There is no such command.';
    } catch (error) {
      if (error instanceof Refusal) return error.message;
      throw error;
    }
  }

  onChange(listener: (operation: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  change(): void {
    for (const listener of this.#listeners) listener('op-81');
  }

  async #stop({ origin, actor }: Handled): Promise<Answer> {
    const operation = `op-${++this.#operations}`;
    const user = actor.kind === 'slack' ? actor.user : '';
    const report: Report = {
      ...plain(''),
      title: [{ user }, ' asks to stop web-1.'],
      tone: 'waiting',
      actions: [
        { type: 'button', id: 'approve', label: 'Approve', value: `${operation}:d1`, style: 'primary' },
        { type: 'button', id: 'deny', label: 'Deny', value: `${operation}:d1` },
        { type: 'button', id: 'break-glass', label: 'Break glass…', value: `${operation}:d1` },
        { type: 'button', id: 'cancel', label: 'Cancel', value: operation },
      ],
    };
    const channel = origin.kind === 'slack' ? origin.channel : '';
    const thread = origin.kind === 'slack' ? origin.thread : undefined;
    const to = { kind: 'channel' as const, channel, user, ...(thread ? { thread } : {}) };
    await this.#outbox.put({ key: operation, to, report });
    return { visibility: 'none', outcome: 'done', report, operation };
  }
}

function plain(title: string): Report {
  return { title, tone: 'plain', blocks: [] };
}

const menu: Report = {
  ...plain('Two are called web-1.'),
  actions: [
    {
      type: 'menu',
      id: 'choose',
      label: 'Which one?',
      options: [
        { label: 'web-1 (eu-frankfurt-1)', value: 'k1' },
        { label: 'web-1 (us-ashburn-1)', value: 'k2' },
      ],
    },
  ],
};

/** Buttons that run a line each, for whoever presses. */
const warning: Report = {
  ...plain('dev goes down in 15 minutes.'),
  actions: ['1 h', '22:00'].map((until, at) => ({
    type: 'button',
    id: 'run',
    label: `Keep on ${until}`,
    value: `k${at + 1}`,
  })),
};

function table(count: number): Report {
  const rows = Array.from({ length: count }, (_, n) => [`web-${n}`, 'RUNNING', 'eu-frankfurt-1']);
  return {
    ...plain(`There are ${count} instances.`),
    blocks: [{ type: 'table', columns: [{ label: 'Name' }, { label: 'State' }, { label: 'Region' }], rows }],
  };
}
