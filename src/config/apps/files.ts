import { isAbsolute, normalize, sep } from 'node:path';
import type { Found } from '../reading/found.ts';
import { interpolate, type Variables } from '../reading/interpolate.ts';
import type { Path } from '../reading/yaml.ts';
import type { FileVolume, FileVolumeFile } from './instance-schema.ts';

/** The bytes of a file beside the one that names it. Throws what Node throws. */
export type ReadBytesBeside = (path: string) => Uint8Array;

/** Whence files come and what may be filled into them. */
export interface FileSources {
  readonly readBytes: ReadBytesBeside;
  readonly variables: Variables;
}

/**
 * All files of an instance together. The documentation of OCI names no limit; but what an instance is made of is kept
 * with each release, and more than this belongs into the image or a bucket.
 */
export const mostBytes = 512 * 1024;

/** The files of a volume as base64 by their names, and what is wrong with those that are missing among them. */
export function filesOf(
  volume: Partial<FileVolume>,
  path: Path,
  sources: FileSources,
): {
  readonly files: Readonly<Record<string, string>>;
  readonly bytes: number;
  readonly found: readonly Found[];
} {
  const files: [string, string][] = [];
  const found: Found[] = [];
  let bytes = 0;
  for (const [name, written] of Object.entries(volume.files ?? {})) {
    const at = [...path, 'files', name];
    if (!/^(?!\.{1,2}$)[^/]{1,255}$/.test(name))
      found.push({ path: at, sentence: `should be the name of a file without slashes, but is "${name}"` });
    const read = contentOf(written, at, sources);
    if ('found' in read) found.push(...read.found);
    else {
      bytes += read.content.length;
      files.push([name, read.content.toString('base64')]);
    }
  }
  return { files: Object.fromEntries(files), bytes, found };
}

function contentOf(
  written: FileVolumeFile,
  path: Path,
  sources: FileSources,
): { readonly content: Buffer } | { readonly found: readonly Found[] } {
  const given = (['file', 'text', 'base64'] as const).filter((key) => written[key] !== undefined);
  if (given.length !== 1) return { found: [{ path, sentence: 'should have one of file, text or base64' }] };
  if (written.text !== undefined) return { content: Buffer.from(written.text) };
  if (written.base64 !== undefined) return { content: Buffer.from(written.base64, 'base64') };
  const read = fromDisk(written.file ?? '', sources.readBytes);
  if ('wrong' in read) return { found: [{ path, sentence: read.wrong }] };
  return written.interpolate ? filledIn(read.content, written.file ?? '', path, sources.variables) : read;
}

/** A file above the folder could be anything that the bot may read, its own keys among them. */
function fromDisk(
  file: string,
  readBytes: ReadBytesBeside,
): { readonly content: Buffer } | { readonly wrong: string } {
  const plain = normalize(file);
  if (isAbsolute(plain) || plain === '..' || plain.startsWith(`..${sep}`))
    return { wrong: `"${file}" is not in the folder of this file, or below it` };
  try {
    const content = Buffer.from(readBytes(plain));
    if (content.length <= mostBytes) return { content };
    return {
      wrong: `"${file}" has ${inKib(content.length)}; an instance can have ${inKib(mostBytes)} of files`,
    };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { wrong: `"${file}" is not there; it is looked for beside this file` };
    return { wrong: `"${file}" cannot be read: ${code === 'EISDIR' ? 'it is a folder' : message}` };
  }
}

function filledIn(
  content: Buffer,
  file: string,
  path: Path,
  variables: Variables,
): { readonly content: Buffer } | { readonly found: readonly Found[] } {
  const text = content.toString('utf8');
  if (!Buffer.from(text).equals(content))
    return { found: [{ path, sentence: `"${file}" is no text, and cannot be interpolated` }] };
  const read = interpolate(text, variables);
  if (read.problems.length === 0) return { content: Buffer.from(read.text) };
  return { found: read.problems.map((problem) => ({ path, sentence: `"${file}" ${problem}` })) };
}

export function inKib(bytes: number): string {
  return `${Math.ceil(bytes / 1024)} KiB`;
}
