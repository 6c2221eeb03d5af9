import { mention } from './core/describe.ts';
import { showDuration } from './core/duration.ts';
import { explain, type Finding } from './core/explanation.ts';
import type { Question, Rule, Verdict } from './core/policy.ts';
import { Refusal } from './core/refusal.ts';
import type { Report, Span, Text } from './core/report.ts';

/** What the rules decided, as a sentence for the person who asked. */
export function verdictText(verdict: Verdict): Text {
  const by = verdict.rules.map((rule) => `“${rule}”`).join(' and ');
  switch (verdict.effect) {
    case 'allow':
      return `It would run at once: allowed by ${by}.`;
    case 'deny':
      return `It would be refused. ${verdict.because}`;
    case 'ask':
      return ['It would wait for ', ...verdict.asks.flatMap(asked), `: asked for by ${by}.`];
  }
}

function asked(ask: { count: number; from: readonly string[]; within: number }, at: number): Span[] {
  return [
    at > 0 ? ', and ' : '',
    `${ask.count} approval${ask.count === 1 ? '' : 's'} from `,
    ...ask.from.flatMap((id, nth): Span[] => [nth > 0 ? ' or ' : '', mention(id)]),
    ` within ${showDuration(ask.within)}`,
  ];
}

/** Rule by rule in their order: which one decides what, and why the others do not. */
export function explanation(rules: readonly Rule[], question: Question): Report {
  const { verdict, findings } = explain(rules, question);
  const word = { allow: 'allowed', ask: 'allowed with approval', deny: 'denied' }[verdict.effect];
  const { targets = [] } = question;
  const on =
    targets.length > 1 ? ` on these ${targets.length} targets` : targets[0] ? ` on ${targets[0].name}` : '';
  return {
    title: `${question.command}${on} would be ${word}.`,
    tone: verdict.effect === 'deny' ? 'warning' : 'plain',
    blocks: [
      { type: 'text', text: verdictText(verdict) },
      {
        type: 'table',
        columns: [{ label: 'Rule' }, { label: 'Effect' }, { label: 'What it does here' }],
        rows: findings.map((finding) => [finding.rule, finding.effect, role(finding)]),
      },
      {
        type: 'note',
        text: 'The first rule that fits decides; where none does, the answer is no. Of several targets the strictest decision holds for all.',
      },
    ],
  };
}

function role({ outcome, targets, because }: Finding): string {
  switch (outcome) {
    case 'decides':
      return targets.length > 0 ? `decides ${targets.join(', ')}` : 'decides';
    case 'possible':
      return 'depends on the targets';
    case 'late':
      return 'fits, but an earlier rule decides';
    case 'no':
      return `does not fit: ${because ?? ''}`;
  }
}

/** Lines may be given as they are typed, `/oci` and all. */
export function bareLine(line: string): string {
  const bare = line.replace(/^\s*(\/oci|lamplighter)\s+/i, '');
  if (bare.trim() === '')
    throw new Refusal('Which line?', 'For example: policy explain stop app=shop env=dev');
  return bare;
}
