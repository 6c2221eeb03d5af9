import { isFields } from '../types.ts';

/** A finding of the validator, in Slack's words: `must be more than 0 characters [json-pointer:/blocks/0/text]`. */
export type Report = (finding: string, pointer: string) => void;
export type Rule = (value: unknown, pointer: string, report: Report) => void;

/** A string of `min` to `max` characters. */
export function text(max: number, min = 1): Rule {
  return (value, pointer, report) => {
    if (typeof value !== 'string') report('must provide a string', pointer);
    else if (value.length < min) report(`must be more than ${min - 1} characters`, pointer);
    else if (value.length > max) report(`must be less than ${max + 1} characters`, pointer);
  };
}

export const pattern =
  (expression: RegExp, what: string): Rule =>
  (value, pointer, report) => {
    if (typeof value !== 'string' || !expression.test(value)) report(`must be ${what}`, pointer);
  };

export const boolean: Rule = (value, pointer, report) => {
  if (typeof value !== 'boolean') report('must provide a boolean', pointer);
};

export function integer(min: number, max: number): Rule {
  return (value, pointer, report) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) report('must provide a number', pointer);
    else if (value < min) report(`must be greater than or equal to ${min}`, pointer);
    else if (value > max) report(`must be less than or equal to ${max}`, pointer);
  };
}

export const anything: Rule = () => {};

export function oneOf(...allowed: readonly string[]): Rule {
  return (value, pointer, report) => {
    if (!allowed.includes(String(value)))
      report(`must be a valid enum value: ${allowed.join(', ')}`, pointer);
  };
}

/** An array of `min` to `max` items, each by the rule. */
export function list(item: Rule, max: number, min = 1): Rule {
  return (value, pointer, report) => {
    if (!Array.isArray(value)) return report('must provide an array', pointer);
    if (value.length < min) report(`no less than ${min} items allowed`, pointer);
    if (value.length > max) report(`no more than ${max} items allowed`, pointer);
    for (const [index, each] of value.slice(0, max).entries()) item(each, `${pointer}/${index}`, report);
  };
}

/** An object with these properties and no others. */
export function object(required: Record<string, Rule>, optional: Record<string, Rule> = {}): Rule {
  return (value, pointer, report) => {
    if (!isFields(value)) return report('must provide an object', pointer);
    for (const [name, rule] of Object.entries(required)) {
      if (value[name] === undefined) report(`missing required field: ${name}`, pointer);
      else rule(value[name], `${pointer}/${name}`, report);
    }
    for (const [name, given] of Object.entries(value)) {
      if (name in required || given === undefined) continue;
      const rule = optional[name];
      if (rule) rule(given, `${pointer}/${name}`, report);
      else report(`invalid additional property: ${name}`, pointer);
    }
  };
}

/** An object whose `type` says which rule is for it. */
export function typed(rules: () => Record<string, Rule>): Rule {
  return (value, pointer, report) => {
    if (!isFields(value)) return report('must provide an object', pointer);
    if (value.type === undefined) return report('missing required field: type', pointer);
    const rule = Object.hasOwn(rules(), String(value.type)) ? rules()[String(value.type)] : undefined;
    if (rule) rule(value, pointer, report);
    else report(`unsupported type: ${String(value.type)}`, `${pointer}/type`);
  };
}

/** A rule with several ways to be right: Slack says first that none of them was met, then why. */
export function union(rule: Rule): Rule {
  return (value, pointer, report) => {
    const findings: [string, string][] = [];
    rule(value, pointer, (finding, at) => findings.push([finding, at]));
    if (findings.length > 0) report('failed to match all allowed schemas', pointer);
    for (const [finding, at] of findings) report(finding, at);
  };
}

/** The rule, and what else must hold of the value as a whole. */
export function where(rule: Rule, also: Rule): Rule {
  return (value, pointer, report) => {
    rule(value, pointer, report);
    also(value, pointer, report);
  };
}

/** At least, or with `only` exactly, one of the properties is there. */
export function oneField(finding: string, names: readonly string[], only = false): Rule {
  return (value, pointer, report) => {
    const given = isFields(value) ? names.filter((name) => value[name] !== undefined).length : 0;
    if (given === 0 || (only && given > 1)) report(finding, pointer);
  };
}
