export type Fields = Readonly<Record<string, unknown>>;

/** A message, view or Home tab as the control API shows it, with what a person would read of it. */
export interface Seen {
  readonly ts: string;
  readonly text: string;
  readonly blocks: readonly unknown[];
  readonly user?: string;
  readonly thread_ts?: string;
  /** Every visible text of the blocks in reading order, one a line; the plain text where there are none. */
  readonly shown: string;
  /** The labels of its buttons. */
  readonly buttons: readonly string[];
  /** What was answered in its thread, oldest first. */
  readonly replies: readonly Seen[];
  /** All that the control API said of it. */
  readonly raw: Fields;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list; anything else is left out. */
export function fieldsOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

export function seen(raw: Fields): Seen {
  const blocks: readonly unknown[] = Array.isArray(raw.blocks) ? raw.blocks : [];
  const text = String(raw.text ?? '');
  const lines = textsIn(blocks);
  return {
    ts: String(raw.ts ?? ''),
    text,
    blocks,
    ...(typeof raw.user === 'string' ? { user: raw.user } : {}),
    ...(typeof raw.thread_ts === 'string' ? { thread_ts: raw.thread_ts } : {}),
    shown: lines.length > 0 ? lines.join('\n') : text,
    buttons: buttonsIn(blocks),
    replies: fieldsOf(raw.replies).map(seen),
    raw,
  };
}

function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (!isFields(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'text' && typeof inner === 'string' ? [inner] : textsIn(inner),
  );
}

function buttonsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(buttonsIn);
  if (!isFields(value)) return [];
  if (value.type === 'button') return textsIn(value.text);
  return Object.values(value).flatMap(buttonsIn);
}
