import { describe } from '../core/describe.ts';
import type { Operation } from '../core/operation.ts';
import { plainText, type Report } from '../core/report.ts';
import { renderReport, stepMarks } from './render.ts';
import type { Display } from './screen.ts';
import type { Face } from './session.ts';
import { safeLine } from './width.ts';

/** Shows text: an operation as one block that is drawn again, or as a line for each change. */
export function textFace(display: Display, ask: Face['ask']): Face {
  const lines = (report: Report) => renderReport(report, display.screen);
  const changes = changeLines();
  return {
    ask,
    show: (report) => display.print(lines(report)),
    progress: (operation, last) => {
      if (display.live) display.draw(lines(describe(operation)), last);
      else display.print(last ? lines(describe(operation)) : changes(operation));
    },
  };
}

/** Shows nothing: the one document comes at the end. */
export const silentFace: Face = { ask: undefined, show: () => {}, progress: () => {} };

/** What is new since the last call, a line each: the title, and the steps that moved. */
function changeLines(): (operation: Operation) => readonly string[] {
  const said = new Map<string, string>();
  const isNew = (key: string, line: string) => {
    const news = said.get(key) !== line;
    said.set(key, line);
    return news;
  };
  return (operation) => {
    const title = safeLine(plainText(describe(operation).title));
    const steps = operation.steps.map(({ step, state, note }) => ({
      key: step.name,
      line: safeLine(`${stepMarks[state][0]} ${step.target.name}${note ? `: ${note}` : ''}`),
      waits: state === 'pending',
    }));
    return [
      ...(isNew('', `${operation.status} ${operation.because}`) ? [title] : []),
      ...steps.filter(({ key, line, waits }) => isNew(key, line) && !waits).map(({ line }) => line),
    ];
  };
}
