import type { Path } from './yaml.ts';

/** What the schema cannot say: the path of what is wrong and a sentence. */
export interface Found {
  readonly path: Path;
  readonly sentence: string;
}
