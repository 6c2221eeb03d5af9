import { basename } from 'node:path';
import type { Policy } from '../../core/schedule/model.ts';
import { violationAt } from '../reading/check.ts';
import { byFile, type Violation } from '../reading/violation.ts';
import { readYaml, type Source, within } from '../reading/yaml.ts';
import type { Settings } from '../settings.ts';
import { readTeamFile } from './sheets.ts';

export interface CheckedPolicies {
  /** Those that are right. */
  readonly policies: readonly Policy[];
  /** What would keep the bot from starting with this file, in its order. */
  readonly violations: readonly Violation[];
  /** What it would only warn of. */
  readonly warnings: readonly Violation[];
}

/** Where a file of that name stands once the bot is started with it. */
export function standsAt(path: string): string {
  return `policies/${basename(path)}`;
}

/**
 * What the bot would say of a file in its folder `policies`, given its text: `/oci schedule check`. Its places are
 * the path as it was typed. What came from the file of that name before makes room. No other file is read: a calendar in an .ics file
 * counts as one without days, and a warning says so.
 */
export function checkPolicies(
  text: string,
  path: string,
  around: { readonly settings: Pick<Settings, 'rules' | 'schedules'>; readonly now: number },
): CheckedPolicies {
  const { settings, now } = around;
  const { policies, calendars, defaults } = settings.schedules;
  const before = standsAt(path);
  const isOther = ({ place }: { readonly place: string }) => !place.startsWith(`${before}:`);
  const there = { policies: policies.filter(isOther), calendars: calendars.filter(isOther) };
  const source = readYaml(text, path);
  const read = readTeamFile({ source, readBeside: () => noDays }, { defaults, now, there });
  const doubts = read.violations.length > 0 ? [] : [...unread(source), ...read.doubts(settings.rules)];
  return { policies: read.policies, violations: byFile(read.violations), warnings: byFile(doubts) };
}

const noDays = 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n';

function unread(source: Source): readonly Violation[] {
  const { value } = within(source, ['calendars']);
  return Object.keys(Object(value)).flatMap((name) => {
    const path = ['calendars', name, 'file'];
    const file = within(source, path).value;
    if (file === undefined) return [];
    return [violationAt(source, path, `"${file}" is not looked into here: only this file was given to me`)];
  });
}
