import { mention } from './core/describe.ts';
import { showDuration } from './core/duration.ts';
import type { Verdict } from './core/policy.ts';
import type { Span, Text } from './core/report.ts';

/** What the rules decided, as a sentence for the person who asked. */
export function verdictText(verdict: Verdict): Text {
  const by = verdict.rules.map((rule) => `“${rule}”`).join(' and ');
  switch (verdict.effect) {
    case 'allow':
      return `It would run at once: allowed by ${by}.`;
    case 'deny':
      return `It would be refused: ${verdict.because}.`;
    case 'ask':
      return [
        'It would wait for ',
        ...verdict.asks.flatMap(({ count, from, within }, at): Span[] => [
          at > 0 ? ', and ' : '',
          `${count} approval${count === 1 ? '' : 's'} from `,
          ...from.flatMap((id, nth): Span[] => [nth > 0 ? ' or ' : '', mention(id)]),
          ` within ${showDuration(within)}`,
        ]),
        `: asked for by ${by}.`,
      ];
  }
}
