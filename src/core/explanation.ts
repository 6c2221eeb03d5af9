import { decide, effectOf, type Question, type Rule, suits, type Verdict } from './policy.ts';
import type { Target } from './target.ts';

/** How the rules come to their verdict on a question, rule by rule in the order of the file. */
export interface Explanation {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
}

export interface Finding {
  readonly rule: string;
  readonly effect: 'allow' | 'ask' | 'deny';
  /**
   * `decides`: for the named targets, or for the line where none is known. `possible`: depends on targets
   * or arguments that are not known yet. `late`: it fits, but an earlier rule has decided already.
   */
  readonly outcome: 'decides' | 'possible' | 'late' | 'no';
  /** Names of the targets that it decides. */
  readonly targets: readonly string[];
  /** Why it does not fit. */
  readonly because?: string;
}

/** What `decide` answers, with the reason why each rule did or did not matter. */
export function explain(rules: readonly Rule[], question: Question): Explanation {
  const { targets = [] } = question;
  const findings = targets.length > 0 ? perTarget(rules, question, targets) : perLine(rules, question);
  return { verdict: decide(rules, question), findings };
}

function perTarget(rules: readonly Rule[], question: Question, targets: readonly Target[]): Finding[] {
  const open = new Set(targets);
  return rules.map((rule) => {
    const fits = targets.map((target) => ({
      target,
      open: open.has(target),
      fit: suits(rule, question, target),
    }));
    const held = fits.filter((each) => each.fit === 'yes');
    const decided = held.filter((each) => each.open).map(({ target }) => target);
    for (const target of decided) open.delete(target);
    if (decided.length > 0) return found(rule, 'decides', decided);
    if (held.length > 0) return found(rule, 'late');
    const first = (fits.find((each) => each.open) ?? fits[0])?.fit;
    return typeof first === 'object' ? { ...found(rule, 'no'), because: first.no } : found(rule, 'possible');
  });
}

function perLine(rules: readonly Rule[], question: Question): Finding[] {
  let decided = false;
  return rules.map((rule) => {
    const fits = suits(rule, question);
    if (typeof fits === 'object') return { ...found(rule, 'no'), because: fits.no };
    if (decided) return found(rule, 'late');
    decided = fits === 'yes';
    return found(rule, decided ? 'decides' : 'possible');
  });
}

function found(rule: Rule, outcome: Finding['outcome'], targets: readonly Target[] = []): Finding {
  return { rule: rule.name, effect: effectOf(rule), outcome, targets: targets.map(({ name }) => name) };
}
