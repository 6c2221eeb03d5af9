/**
 * What a command answers: neutral blocks. No mrkdwn, no colour and no emoji; Slack, the terminal and
 * JSON each render the same value. Text from outside (names, tags, logs) is plain data here and is
 * escaped by the renderer.
 */
export interface Report {
  /** One complete sentence: who, what, target, outcome. It is the notification and what is read aloud. */
  readonly title: Text;
  readonly tone: Tone;
  readonly blocks: readonly Block[];
  readonly actions?: readonly Action[];
}

export type Tone = 'plain' | 'waiting' | 'running' | 'success' | 'warning' | 'failure';

export type Block =
  | { readonly type: 'text'; readonly text: Text }
  /** Secondary facts, rendered small: request ids, digests, who decided. */
  | { readonly type: 'note'; readonly text: Text }
  | { readonly type: 'heading'; readonly text: string }
  | { readonly type: 'fields'; readonly fields: readonly Field[] }
  | { readonly type: 'list'; readonly items: readonly Text[] }
  | {
      readonly type: 'table';
      /** A CSV file of this name is the whole of it, where the reader has files: then no row is drawn. */
      readonly file?: string;
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly type: 'steps'; readonly steps: readonly ReportStep[] }
  | { readonly type: 'code'; readonly text: string; readonly name?: string }
  | { readonly type: 'image'; readonly file: string; readonly bytes: string; readonly alt: string };

export interface Field {
  readonly label: string;
  readonly value: Text;
}

export interface Column {
  readonly label: string;
  readonly align?: 'left' | 'right';
}

export type StepState = 'pending' | 'running' | 'done' | 'failed' | 'skipped' | 'unknown';

export interface ReportStep {
  readonly label: string;
  readonly state: StepState;
  readonly detail?: Text;
}

export type Text = string | readonly Span[];

/** A run of text. A person, a group and a moment stay ids and instants until a renderer knows the reader. */
export type Span =
  | string
  | { readonly strong: string }
  | { readonly code: string }
  | { readonly user: string }
  | { readonly group: string }
  | { readonly channel: string }
  /** Milliseconds since 1970-01-01T00:00Z. */
  | { readonly time: number }
  | { readonly link: string; readonly text: string }
  /** A command line to type: `/oci list` in Slack, `lamplighter 'list'` in a terminal. */
  | { readonly run: string };

export type Action = ButtonAction | MenuAction;

export interface ButtonAction {
  readonly type: 'button';
  /** What the press means, a key of the front end's router: `approve`, `deny`, `cancel` … */
  readonly id: string;
  /** Verb and object: "Stop web-1", not "OK". */
  readonly label: string;
  /** An opaque key of at most 150 characters. Never parameters: what is run is looked up in the store. */
  readonly value: string;
  readonly style?: 'primary' | 'danger';
  readonly confirm?: { readonly title: string; readonly text: string; readonly yes: string };
}

export interface MenuAction {
  readonly type: 'menu';
  readonly id: string;
  readonly label: string;
  /** `value` is an opaque key of at most 75 characters. */
  readonly options: readonly { readonly label: string; readonly value: string; readonly hint?: string }[];
}

/** The text without its markup, for logs and the terminal's one-line places. Ids stay ids. */
export function plainText(text: Text): string {
  if (typeof text === 'string') return text;
  return text
    .map((span) => {
      if (typeof span === 'string') return span;
      if ('strong' in span) return span.strong;
      if ('code' in span) return span.code;
      if ('user' in span) return `@${span.user}`;
      if ('group' in span) return `@${span.group}`;
      if ('channel' in span) return `#${span.channel}`;
      if ('time' in span) return new Date(span.time).toISOString().replace('.000Z', 'Z');
      return 'run' in span ? span.run : span.text;
    })
    .join('');
}
