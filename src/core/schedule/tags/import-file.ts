import { withoutControls } from '../../text.ts';
import type { Imported, ImportedPolicy } from './import.ts';

/** Where the policies are to be kept, beside the configuration file. */
export const importedFile = 'policies/from-tags.yml';

/** What says the same in more ways than this is not shown in each of them. */
const mostTags = 3;

/** The file as it can be laid into the folder `policies`. Every string in it is quoted: names may be anything. */
export function fileOfImported({ policies }: Imported): string {
  return [
    `# ${importedFile}: what tags say, as policies that say the same.`,
    'team: from-tags # write yours',
    'policies:',
    ...policies.flatMap(policyLines),
    '',
  ].join('\n');
}

function policyLines({ name, when, punctual, members, unknownRegions }: ImportedPolicy): readonly string[] {
  const tags = [...new Set(members.map((member) => member.tags))];
  return [
    `  ${name}:`,
    ...tags.slice(0, mostTags).map((text) => `    # ${plain(text)}`),
    ...unknownRegions.map((region) => `    # UTC, since no zone is known of ${plain(region)}`),
    '    what:',
    ...members.map(({ selector, target }) =>
      selector.includes(target.ocid)
        ? `      - ${JSON.stringify(selector)} # ${plain(target.name)}`
        : `      - ${JSON.stringify(selector)}`,
    ),
    ...(when.length === 1
      ? [`    when: ${JSON.stringify(when[0])}`]
      : ['    when:', ...when.map((entry) => `      - ${JSON.stringify(entry)}`)]),
    ...(punctual ? ['    early: 0m'] : []),
  ];
}

/** In a comment, which ends with its line. */
function plain(text: string): string {
  return withoutControls(text.replace(/\s+/g, ' ')).trim();
}
