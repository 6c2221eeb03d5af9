import { commandName, type Look, type NamedCommand, query } from '../src/command.ts';
import { Refusal } from '../src/core/refusal.ts';
import type { Block, Report, Text } from '../src/core/report.ts';
import { nearest } from '../src/core/suggest.ts';
import { familiesOf, membersOf } from '../src/line/families.ts';
import { detailsOf, usageOf } from '../src/line/usage.ts';

export default query({
  summary: 'Show what I can do here, or how one command works',
  examples: ['help', 'help stop', 'help schedule'],
  open: true,
  args: { command: commandName('a command, or the first word of several') },
  async run({ command }, look) {
    if (!command) return all(look);
    const name = command.toLowerCase();
    const members = membersOf(name, look.commands);
    if (members.length === 0) return one(name, look);
    if (!look.commands.some((each) => each.name === name)) return family(name, members, look);
    const own = one(name, look);
    return {
      ...own,
      blocks: [...own.blocks, { type: 'heading', text: 'See also' }, ...listing(members, look)],
    };
  },
});

function all({ commands, may }: Look): Report {
  const mine = commands.filter(({ name }) => may(name).effect !== 'deny');
  const groups: readonly [string, readonly NamedCommand[]][] = [
    ['Look', mine.filter(({ type }) => type === 'query')],
    ['Change', mine.filter(({ type }) => type !== 'query')],
  ];
  return {
    title: 'This is what you can do here.',
    tone: 'plain',
    blocks: [
      ...groups
        .filter(([, members]) => members.length > 0)
        .flatMap(([heading, members]): Block[] => [
          { type: 'heading', text: heading },
          { type: 'list', items: members.map(entry) },
        ]),
      {
        type: 'note',
        text: [
          'Targets: ',
          { code: 'web-1' },
          ' ',
          { code: 'web-*' },
          ' ',
          { code: 'env=dev' },
          ' ',
          { code: 'kind:vm' },
          ' ',
          { code: 'region:eu-frankfurt-1' },
          ' ',
          { code: 'compartment:shop/dev' },
          ' or an OCID. More about one command: ',
          { run: 'help stop' },
        ],
      },
    ],
  };
}

function entry(command: NamedCommand): Text {
  const example = command.examples[0] ?? command.name;
  return [{ strong: command.name }, ` – ${command.summary}. `, { run: example }];
}

/** What can follow the first word, each with its usage. */
function family(name: string, members: readonly NamedCommand[], look: Look): Report {
  return {
    title: `${name} is the first word of ${members.length} commands.`,
    tone: 'plain',
    blocks: listing(members, look),
  };
}

function listing(members: readonly NamedCommand[], { may }: Look): readonly Block[] {
  return [
    {
      type: 'fields',
      fields: members.map((member) => ({
        label: member.name,
        value: [
          `${member.summary}${may(member.name).effect === 'deny' ? ', which you may not use here' : ''}. `,
          { run: usageOf(member) },
        ],
      })),
    },
    { type: 'note', text: ['More about one of them: ', { run: `help ${members[0]?.name}` }] },
  ];
}

function one(name: string, { commands, may }: Look): Report {
  const command = commands.find((each) => each.name === name.toLowerCase());
  if (!command) {
    const meant = nearest(name, [...commands.map((each) => each.name), ...familiesOf(commands)], 1)[0];
    throw new Refusal(
      `There is no command ${name}.`,
      meant ? `Did you mean help ${meant}?` : 'See them all with: help',
    );
  }
  const verdict = may(command.name);
  const right = {
    allow: 'You may use it here.',
    ask: 'You may use it here; somebody has to approve.',
    deny: 'You may not use it here.',
  }[verdict.effect];
  return {
    title: `${command.name}: ${command.summary.toLowerCase()}.`,
    tone: 'plain',
    blocks: [
      { type: 'text', text: [{ run: usageOf(command) }] },
      ...detailsOf(command),
      { type: 'heading', text: 'Examples' },
      { type: 'list', items: command.examples.map((example): Text => [{ run: example }]) },
      { type: 'note', text: right },
    ],
  };
}
