import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Refusal } from '../core/refusal.ts';
import type { CheckedFile, Oddity } from '../core/schedule/checking/oddity.ts';
import { stopped } from '../core/text.ts';
import type { Violation } from './reading/violation.ts';
import { checkPolicies, standsAt } from './schedules/check-policies.ts';
import type { Settings } from './settings.ts';

/** Checks files of policies against what is configured, as whoever asks for it is told. */
export function checkFileWith(
  settings: Pick<Settings, 'file' | 'rules' | 'schedules'>,
  now: () => number,
): (text: string, path: string) => CheckedFile {
  return (text, path) => {
    const name = basename(path);
    if (name === basename(settings.file))
      return { ...none, file: path, replaces: name, policies: ownPolicies(settings, { text, path }) };
    const { policies, violations, warnings } = checkPolicies(text, path, { settings, now: now() });
    return {
      file: path,
      replaces: standsAt(path),
      policies,
      mistakes: violations.map(oddityOf),
      doubts: warnings.map(oddityOf),
    };
  };
}

const none = { mistakes: [], doubts: [] };

/** What is wrong with the configuration itself has been said when it was read. */
function ownPolicies(
  { file, schedules }: Pick<Settings, 'file' | 'schedules'>,
  { text, path }: { readonly text: string; readonly path: string },
) {
  const name = basename(file);
  if (text !== readFileSync(file, 'utf8'))
    throw new Refusal(
      `That is not the ${name} that I was started with.`,
      'Name it in LAMPLIGHTER_CONFIG: whatever is wrong with it is said before anything is done. Then check what it says with: schedule check',
    );
  return schedules.policies
    .filter(({ place }) => place.startsWith(`${name}:`))
    .map((policy) => ({ ...policy, place: `${path}${policy.place.slice(name.length)}` }));
}

function oddityOf({ file, line, column, path, sentence }: Violation): Oddity {
  const place = line === undefined ? file : `${file}:${line}:${column}`;
  return { places: [place], sentence: stopped(`${path ? `${path}: ` : ''}${sentence}`) };
}
