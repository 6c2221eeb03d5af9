import { cutLine } from '../../core/parse.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Report } from '../../core/report.ts';
import { namedIn } from '../../line/families.ts';
import type { Pipeline } from '../ports.ts';

/** Offers the form to who typed no command, or one without what it needs. */
export function withFormButton(report: Report, line: string, pipeline: Pipeline): Report {
  const command = commandToFill(line, pipeline);
  if (command === undefined) return report;
  const label = command === '' ? 'Fill in a form…' : `Fill in ${command}…`;
  return {
    ...report,
    actions: [...(report.actions ?? []), { type: 'button', id: 'form', label, value: command || 'help' }],
  };
}

/** The command whose form would help, '' for any, undefined when the line needs no help. */
export function commandToFill(line: string, pipeline: Pipeline): string | undefined {
  try {
    const tokens = cutLine(line);
    if (tokens.length === 0) return '';
    const named = namedIn(pipeline.commands, tokens);
    if (!named || !('command' in named) || named.rest.length > 0) return undefined;
    if (named.command.name === 'help') return '';
    return pipeline.fault(line) ? named.command.name : undefined;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
