import type { Readable } from 'node:stream';

const longest = 1_000_000;

/** The text of a reply's stream, its last million characters when it is longer. */
export async function textOf(stream: Readable | ReadableStream): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of stream as AsyncIterable<Uint8Array | string>) {
    text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    if (text.length > 2 * longest) text = text.slice(-longest);
  }
  return (text + decoder.decode()).slice(-longest);
}
