import type { Found } from '../../cloud.ts';
import { gapsIn } from '../../gaps.ts';
import type { Block, Report } from '../../report.ts';
import { kinds } from '../../target.ts';
import { stopped } from '../../text.ts';
import { counted } from '../wording.ts';
import type { Imported, Tagged } from './import.ts';
import { fileOfImported, importedFile } from './import-file.ts';

/** What was made of tags: a resource in each row, what is not to be had as a policy with its reason, and the file. */
export function importReport(
  imported: Imported,
  { missing, about }: { readonly missing: Found['missing']; readonly about: string },
): Report {
  const { policies, left, unreadable } = imported;
  const rows = rowsOf(imported);
  const gaps = gapsIn(missing, 'Not seen');
  if (rows.length === 0)
    return {
      title: `Nothing that matches ${about} says in its tags when it is to be up.`,
      tone: missing.length > 0 ? 'warning' : 'plain',
      blocks: [...gaps, { type: 'note', text: tagsThatCount }],
    };
  return {
    title: titleOf(imported, rows.length),
    tone: left.length + unreadable.length + missing.length > 0 ? 'warning' : 'plain',
    blocks: [
      ...gaps,
      ...troubles(imported),
      {
        type: 'table',
        columns: ['Name', 'Kind', 'Tags', 'As a policy'].map((label) => ({ label })),
        rows,
      },
      ...(policies.length > 0
        ? [
            {
              type: 'code',
              name: importedFile.replace(/^.*\//, ''),
              text: fileOfImported(imported),
            } as const,
            { type: 'note', text: afterwards } as const,
          ]
        : []),
    ],
  };
}

const tagsThatCount =
  'Lamplighter.Schedule counts, and Schedule.AnyDay and the other tags of OCI-AutoScale: WeekDay, Weekend, Monday to Sunday, Monday1 to Sunday5, DayOfMonth.';

const afterwards =
  'Nothing is changed by this. As long as tags are followed they go before policies: take them off once the file is in its folder.';

function titleOf({ policies, left, unreadable }: Imported, count: number): string {
  const said = [
    policies.length === 1 ? '1 policy' : `${policies.length} policies`,
    ...(left.length > 0 ? [`${left.length} that no policy can say`] : []),
    ...(unreadable.length > 0 ? [`${unreadable.length} that cannot be read`] : []),
  ];
  return `${counted(count, 'resource')} ${count === 1 ? 'carries' : 'carry'} a schedule in tags: ${said.join(', ')}.`;
}

function rowsOf({ policies, left, unreadable }: Imported): readonly (readonly string[])[] {
  const row = ({ target, keys }: Tagged, as: string) => [
    target.name,
    kinds[target.kind].title,
    keys.join(', '),
    as,
  ];
  return [
    ...policies.flatMap(({ name, members }) => members.map((member) => row(member, name))),
    ...left.map((each) => row(each, 'none')),
    ...unreadable.map((each) => row(each, 'none, it cannot be read')),
  ];
}

function troubles({ left, unreadable }: Imported): readonly Block[] {
  const items = [
    ...unreadable.flatMap(({ target, problems }) =>
      problems.map((problem) => [{ strong: target.name }, ` cannot be read: ${problem}`]),
    ),
    ...left.map(({ target, because }) => [{ strong: target.name }, ` is no policy: ${stopped(because)}`]),
  ];
  return items.length > 0 ? [{ type: 'list', items }] : [];
}
