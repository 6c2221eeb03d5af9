import type { Readable } from 'node:stream';

const longest = 1_000_000;

/**
 * The text of a log's stream, its last million characters when it is longer, without the escape
 * sequences and control characters that could move a reader's terminal.
 */
export async function textOf(stream: Readable | ReadableStream): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of stream as AsyncIterable<Uint8Array | string>) {
    text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    if (text.length > 2 * longest) text = text.slice(-longest);
  }
  return plain((text + decoder.decode()).slice(-longest));
}

function plain(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is removed
      .replace(/\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)?|.)/g, '')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
      .replace(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, '')
  );
}
