/** Colours by what they mean. None of them says anything that a word beside it does not say. */
export type Style = 'title' | 'heading' | 'quiet' | 'code' | 'success' | 'warning' | 'failure' | 'active';

export type Paint = (style: Style, text: string) => string;

const codes: Readonly<Record<Style, readonly [number, number]>> = {
  title: [1, 22],
  heading: [1, 22],
  quiet: [2, 22],
  code: [36, 39],
  success: [32, 39],
  warning: [33, 39],
  failure: [31, 39],
  active: [34, 39],
};

export const plain: Paint = (_style, text) => text;

export const coloured: Paint = (style, text) => {
  const [on, off] = codes[style];
  return text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`;
};

/** NO_COLOR (no-color.org) and FORCE_COLOR decide; without them a terminal that can gets colours. */
export function paintFor(env: Readonly<Record<string, string | undefined>>, isTerminal: boolean): Paint {
  if (env.NO_COLOR) return plain;
  if (env.FORCE_COLOR !== undefined) return /^(0|false)$/.test(env.FORCE_COLOR) ? plain : coloured;
  return isTerminal && env.TERM !== 'dumb' ? coloured : plain;
}
