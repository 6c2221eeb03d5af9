/** The pieces between commas, each as its words; `cron(…)` is one word. What is written generously is made plain. */
export function piecesOf(written: string): readonly (readonly string[])[] {
  return split(plain(written))
    .map((piece) => piece.match(/cron ?\([^)]*\)?|\S+/gi) ?? [])
    .filter((words) => words.length > 0);
}

function plain(written: string): string {
  return written
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\s+/g, ' ')
    .replace(/ ?\.{2,} ?/g, '..')
    .replace(/\b(?:every|each) day\b/gi, 'daily')
    .replace(/ (?:to|till|until|thru|through) /gi, '-')
    .replace(/(?<=\w) ?- (?=\w)| -(?=[a-z])/gi, '-')
    .replace(
      /(\d{4}-\d{1,2}-\d{1,2}) (\d{1,2}:\d\d)(\.\.|-)(\d{4}-\d{1,2}-\d{1,2}) (\d{1,2}:\d\d)/g,
      '$1T$2$3$4T$5',
    );
}

/** At commas, semicolons and `and`, but not within parentheses. */
function split(text: string): readonly string[] {
  const pieces = [''];
  let depth = 0;
  for (const token of text.match(/[(),;]| (?:and|&) |[^(),; ]+| /gi) ?? []) {
    if (token === '(') depth += 1;
    if (token === ')') depth = Math.max(0, depth - 1);
    if (depth === 0 && /^([,;]| and | & )$/i.test(token)) pieces.push('');
    else pieces[pieces.length - 1] += token;
  }
  return pieces;
}
