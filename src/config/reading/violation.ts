/** One thing that is wrong, or doubtful, in the configuration. */
export class Violation {
  /** As it is shown: the file's name, or `environment`. */
  readonly file: string;
  /** From 1; absent for what does not come from a file. */
  readonly line: number | undefined;
  readonly column: number | undefined;
  /** `rules[2].ask.count`, or the name of a variable. */
  readonly path: string;
  readonly sentence: string;

  constructor(found: {
    file: string;
    line?: number;
    column?: number;
    path: readonly PropertyKey[];
    sentence: string;
  }) {
    this.file = found.file;
    this.line = found.line;
    this.column = found.column;
    this.path = showPath(found.path);
    this.sentence = found.sentence;
  }

  /** `lamplighter.yml:12:5 rules[2].ask.count: should be …` */
  get message(): string {
    const place = this.line === undefined ? this.file : `${this.file}:${this.line}:${this.column}`;
    return [place, this.path && `${this.path}:`, this.sentence].filter(Boolean).join(' ');
  }

  toString(): string {
    return this.message;
  }
}

/** The bot does not start; the message lists everything that is wrong, one line each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly violations: readonly Violation[];

  constructor(violations: readonly Violation[]) {
    super(violations.join('\n'));
    this.violations = violations;
  }
}

/** In the order of the file, as a person would mend it. */
export function inOrder(violations: readonly Violation[]): readonly Violation[] {
  return violations.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

/** File by file in the order in which they come first, each in its own order. */
export function byFile(violations: readonly Violation[]): readonly Violation[] {
  const files = [...new Set(violations.map(({ file }) => file))];
  return files.flatMap((file) => inOrder(violations.filter((each) => each.file === file)));
}

function showPath(path: readonly PropertyKey[]): string {
  return path
    .map((key, at) => {
      if (typeof key === 'number') return `[${key}]`;
      const name = /^[\w-]+$/.test(String(key)) ? String(key) : JSON.stringify(key);
      return at === 0 ? name : `.${name}`;
    })
    .join('');
}
