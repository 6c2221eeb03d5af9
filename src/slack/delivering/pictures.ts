import { createHash } from 'node:crypto';
import type { Report } from '../../core/report.ts';
import type { Posted } from '../../engine/mail/outbox.ts';
import type { Log } from '../../log.ts';
import type { Pictures } from '../rendering/blocks.ts';
import type { Attachment } from '../rendering/files.ts';
import type { Web } from '../web.ts';
import { hand } from './upload.ts';

/** As many uploads are remembered as one evening's channels can need. */
const remembered = 50;

/**
 * The pictures of reports as files that Slack has: each is uploaded once for what it shows. Which ones
 * stand in a message is recorded with it; the memory here only spares a second try of a post an upload.
 */
export class Uploads {
  readonly #web: Web;
  readonly #log: Log;
  readonly #ids = new Map<string, string>();

  constructor(web: Web, log: Log) {
    this.#web = web;
    this.#log = log;
  }

  /** One that Slack does not take is left out: it goes beside the message, if it goes at all. */
  async of(report: Report, posted: Posted | undefined): Promise<Pictures> {
    const pictures = new Map<string, string>();
    for (const block of report.blocks) {
      if (block.type !== 'image' || pictures.has(block.bytes)) continue;
      const file = { name: block.file, title: block.alt, bytes: Buffer.from(block.bytes, 'base64') };
      const sha = shaOf(file.bytes);
      const id = posted?.pictures?.[sha] ?? this.#ids.get(sha) ?? (await hand(this.#web, this.#log, file));
      if (id === undefined) continue;
      this.#remember(sha, id);
      pictures.set(block.bytes, id);
    }
    return pictures;
  }

  /** So that the next message with these uploads them anew. */
  forget(pictures: Pictures): void {
    for (const bytes of pictures.keys()) this.#ids.delete(shaOf(Buffer.from(bytes, 'base64')));
  }

  #remember(sha: string, id: string): void {
    this.#ids.delete(sha);
    this.#ids.set(sha, id);
    const [oldest] = this.#ids.keys();
    if (this.#ids.size > remembered && oldest !== undefined) this.#ids.delete(oldest);
  }
}

/** As they are recorded with a message. */
export function recorded(pictures: Pictures): NonNullable<Posted['pictures']> {
  return Object.fromEntries([...pictures].map(([bytes, id]) => [shaOf(Buffer.from(bytes, 'base64')), id]));
}

/**
 * Files that an edit has to share. While it is under way a message shares each name once, however often
 * the content changes; when it has ended, what has changed since.
 */
export function unshared(
  files: readonly Attachment[],
  { tone }: Report,
  shared: Posted['shared'] = {},
): readonly Attachment[] {
  const ended = tone !== 'running' && tone !== 'waiting';
  return files.filter(({ name, bytes }) =>
    Object.hasOwn(shared, name) ? ended && shared[name] !== shaOf(bytes) : true,
  );
}

export function sharedNow(
  files: readonly Attachment[],
  before: Posted['shared'] = {},
): NonNullable<Posted['shared']> {
  return { ...before, ...Object.fromEntries(files.map(({ name, bytes }) => [name, shaOf(bytes)])) };
}

function shaOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
