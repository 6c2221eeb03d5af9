import { limits } from '../limits.ts';
import { isFields } from '../types.ts';
import {
  actionElements,
  button,
  contextActionElements,
  contextElements,
  inputElements,
  sectionAccessories,
} from './elements.ts';
import { eitherText, id, image, imageSource, link, mrkdwn, oneSource, plainText } from './parts.ts';
import { richText } from './richtext.ts';
import {
  anything,
  boolean,
  integer,
  list,
  object,
  oneField,
  oneOf,
  type Report,
  type Rule,
  text,
  typed,
  where,
} from './rules.ts';

/** Where blocks are shown. */
export type Surface = 'message' | 'modal' | 'home';

function block(type: string, required: Record<string, Rule>, optional: Record<string, Rule> = {}): Rule {
  return object({ type: oneOf(type), ...required }, { block_id: id, ...optional });
}

/** Slack points at the type of a block that lacks both of two fields. */
const eitherField = (finding: string, names: readonly string[]): Rule => {
  const rule = oneField(finding, names);
  return (value, pointer, report) => rule(value, `${pointer}/type`, report);
};

const section = where(
  block(
    'section',
    {},
    {
      text: eitherText(limits.text),
      fields: list(eitherText(limits.section.field), limits.section.fields),
      accessory: typed(() => sectionAccessories),
      expand: boolean,
    },
  ),
  eitherField('must define either `text` or `fields`', ['text', 'fields']),
);

const actions = block('actions', {
  elements: list(
    typed(() => actionElements),
    limits.actions,
  ),
});
const context = block('context', {
  elements: list(
    typed(() => contextElements),
    limits.context,
  ),
});
const divider = block('divider', {});
const header = block('header', { text: plainText(limits.header) });
const file = block('file', { source: oneOf('remote'), external_id: id });

const imageBlock = where(
  block('image', { alt_text: text(limits.alt) }, { title: plainText(limits.alt), ...imageSource }),
  oneSource,
);

const input = block(
  'input',
  { label: plainText(limits.label), element: typed(() => inputElements) },
  { hint: plainText(limits.label), optional: boolean, dispatch_action: boolean },
);

const card = where(
  block(
    'card',
    {},
    {
      hero_image: image,
      icon: image,
      title: mrkdwn(limits.card.title),
      subtitle: mrkdwn(limits.card.title),
      body: mrkdwn(limits.card.body),
      actions: list(button, limits.card.actions),
    },
  ),
  eitherField('must define `hero_image`, `title`, `actions` or `body`', [
    'hero_image',
    'title',
    'actions',
    'body',
  ]),
);

const rawText = object({ type: oneOf('raw_text'), text: text(limits.message.tableText) });
const rawNumber = object({ type: oneOf('raw_number'), value: anything, text: text(limits.id) });
const cell = typed(() => ({ raw_text: rawText, raw_number: rawNumber, rich_text: richText }));

const table = block(
  'table',
  { rows: list(list(cell, limits.table.cells), limits.table.rows) },
  {
    column_settings: list(
      object({}, { align: oneOf('left', 'center', 'right'), is_wrapped: boolean }),
      limits.table.cells,
      0,
    ),
  },
);

const dataTable = where(
  block(
    'data_table',
    { rows: list(list(cell, limits.dataTable.columns), limits.dataTable.rows, 2), caption: text(limits.id) },
    {
      page_size: integer(1, limits.dataTable.page),
      row_header_column_index: integer(0, limits.dataTable.columns - 1),
      column_settings: anything,
    },
  ),
  equalRows,
);

const task = block(
  'task_card',
  { task_id: id, title: text(limits.id), status: oneOf('pending', 'in_progress', 'complete', 'error') },
  {
    details: richText,
    output: richText,
    sources: list(object({ type: oneOf('url'), url: link, text: text(limits.id) }), limits.plan.tasks, 0),
  },
);

const video = block(
  'video',
  { video_url: link, thumbnail_url: link, alt_text: text(limits.alt), title: plainText(limits.video.title) },
  {
    title_url: link,
    author_name: text(limits.video.author),
    provider_name: id,
    provider_icon_url: link,
    description: plainText(limits.video.title),
  },
);

const contained: Record<string, Rule> = {
  actions,
  context,
  divider,
  file,
  header,
  image: imageBlock,
  input,
  rich_text: richText,
  section,
  table,
  video,
};

const container = where(
  block(
    'container',
    {
      child_blocks: list(
        typed(() => contained),
        limits.container.blocks,
      ),
    },
    {
      title: plainText(limits.container.title),
      rich_text_title: richText,
      subtitle: eitherText(limits.container.title),
      width: oneOf('narrow', 'standard', 'wide', 'full'),
      icon: image,
      is_collapsible: boolean,
      default_collapsed: boolean,
      has_header_divider: boolean,
    },
  ),
  eitherField('must define either `title` or `rich_text_title`', ['title', 'rich_text_title']),
);

const everywhere: Record<string, Rule> = {
  actions,
  card,
  context,
  divider,
  header,
  image: imageBlock,
  input,
  rich_text: richText,
  section,
  video,
};

/** Every block of @slack/types' KnownBlock, by the surfaces that take it. */
export const blocksOn: Readonly<Record<Surface, Readonly<Record<string, Rule>>>> = {
  message: {
    ...everywhere,
    carousel: block('carousel', {
      elements: list(
        typed(() => ({ card })),
        limits.carousel,
      ),
    }),
    container,
    context_actions: block('context_actions', {
      elements: list(
        typed(() => contextActionElements),
        limits.contextActions,
      ),
    }),
    data_table: dataTable,
    file,
    markdown: block('markdown', { text: text(limits.message.markdown) }),
    plan: block(
      'plan',
      { title: text(limits.id) },
      {
        tasks: list(
          typed(() => ({ task_card: task })),
          limits.plan.tasks,
          0,
        ),
      },
    ),
    table,
    task_card: task,
  },
  modal: {
    ...everywhere,
    alert: block(
      'alert',
      { text: eitherText(limits.alert) },
      { level: oneOf('default', 'info', 'warning', 'error', 'success') },
    ),
  },
  home: {
    ...everywhere,
    carousel: block('carousel', {
      elements: list(
        typed(() => ({ card })),
        limits.carousel,
      ),
    }),
  },
};

function equalRows(value: unknown, pointer: string, report: Report): void {
  const rows = isFields(value) ? value.rows : undefined;
  if (!Array.isArray(rows)) return;
  const widths = rows.map((row) => (Array.isArray(row) ? row.length : 0));
  if (new Set(widths).size > 1) report('all rows must have the same number of columns', `${pointer}/rows`);
}
