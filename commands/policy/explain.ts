import { query, restOfLine } from '../../src/command.ts';

export default query({
  summary: 'Explain which rule decides a command line, and why',
  examples: ['policy explain stop app=shop env=dev'],
  open: true,
  args: { line: restOfLine('command line', 'the line as you would type it') },
  run: ({ line }, { explain }) => explain(line),
});
