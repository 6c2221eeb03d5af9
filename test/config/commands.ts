import {
  change,
  control,
  type NamedCommand,
  optionalWord,
  query,
  restOfLine,
  selector,
  text,
  toggle,
  word,
} from '../../src/command.ts';
import type { Plan } from '../../src/core/plan.ts';
import type { Report } from '../../src/core/report.ts';

const report: Report = { title: 'Nothing.', tone: 'plain', blocks: [] };
const plan: Plan = { title: 'Nothing', impact: 'stop', consequences: [], waves: [], unchanged: [], line: '' };
const answer = async () => report;
const planned = async () => plan;
const aimed = { target: selector() };

/** Declarations like those in commands/, of every type, for what only reads declarations. */
export const commands: readonly NamedCommand[] = [
  {
    name: 'cancel',
    ...control({
      summary: 'Cancel an operation',
      examples: ['cancel op-81'],
      args: { operation: word('operation', 'an operation id', 'operations') },
      flags: { because: text('reason', 'why') },
      run: answer,
    }),
  },
  {
    name: 'help',
    ...query({
      summary: 'Show what I can do',
      examples: ['help'],
      open: true,
      args: { command: optionalWord('command', 'a command', 'commands') },
      run: answer,
    }),
  },
  { name: 'history', ...query({ summary: 'Show what was done', examples: ['history'], run: answer }) },
  {
    name: 'list',
    ...query({
      summary: 'List resources',
      examples: ['list env=dev'],
      args: { target: selector({ optional: true }) },
      run: answer,
    }),
  },
  {
    name: 'policy explain',
    ...query({
      summary: 'Explain a rule',
      examples: ['policy explain stop web-1'],
      args: { line: restOfLine('command line', 'a line') },
      run: answer,
    }),
  },
  {
    name: 'restart',
    ...change({
      summary: 'Restart',
      examples: ['restart web-1'],
      impact: 'stop',
      args: aimed,
      plan: planned,
    }),
  },
  {
    name: 'start',
    ...change({ summary: 'Start', examples: ['start web-1'], impact: 'start', args: aimed, plan: planned }),
  },
  {
    name: 'stop',
    ...change({
      summary: 'Stop resources',
      examples: ['stop web-1'],
      impact: 'stop',
      args: aimed,
      flags: { force: toggle('cut the power') },
      plan: planned,
    }),
  },
];
