import { SlackError } from '../errors.ts';
import { newId } from '../ids.ts';
import { limits } from '../limits.ts';
import { bot } from '../seed.ts';
import { type Fields, isFields, type StoredFile } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import type { Args } from './args.ts';
import { content } from './chat.ts';
import type { Methods } from './method.ts';
import { mayPost } from './reach.ts';

function getUploadUrl(args: Args, workspace: Workspace): Fields {
  const name = args.required('filename');
  const length = args.number('length') ?? Number.NaN;
  if (!Number.isInteger(length) || length <= 0)
    throw SlackError.invalid('invalid_arguments', ['must be greater than 0 [json-pointer:/length]']);
  if (length > limits.fileBytes) throw new SlackError('file_upload_size_restricted');
  const created = Math.floor(workspace.clock.now() / 1000);
  const file: StoredFile = {
    id: newId('F'),
    name,
    length,
    user: bot.user,
    created,
    title: name,
    channels: [],
  };
  workspace.store.state.files[file.id] = file;
  return { file_id: file.id, upload_url: `${workspace.url}/upload/v1/${file.id}` };
}

/** Takes the bytes that the upload address is given; their number must be the one announced. */
export function upload({ store }: Workspace, id: string, bytes: Uint8Array): void {
  const file = store.state.files[id];
  if (!file || file.bytes !== undefined) throw new SlackError('file_not_found');
  if (bytes.byteLength !== file.length) throw new SlackError('invalid_size');
  file.bytes = Buffer.from(bytes).toString('base64');
}

function complete(args: Args, workspace: Workspace): Fields {
  const asked = args.json('files', 'invalid_arguments');
  if (!Array.isArray(asked) || asked.length === 0) throw new SlackError('invalid_arguments');
  const files = asked.map((each) => uploaded(each, workspace));
  const shared = args.text('channel_id') ?? args.text('channels');
  if (shared) for (const channel of shared.split(',')) share(args, workspace, files, channel);
  for (const file of files) {
    file.complete = true;
    file.ready = workspace.clock.now() + workspace.timing.file;
  }
  return { files: files.map((file) => fileShape(file, workspace)) };
}

function uploaded(asked: unknown, { store }: Workspace): StoredFile {
  const file = isFields(asked) ? store.state.files[String(asked.id)] : undefined;
  if (file?.bytes === undefined || file.complete) throw new SlackError('file_not_found');
  if (isFields(asked) && typeof asked.title === 'string') file.title = asked.title;
  return file;
}

/** Files are shared only where the app is: chat:write.public does not cover them. */
function share(args: Args, workspace: Workspace, files: readonly StoredFile[], to: string): void {
  const { store } = workspace;
  const channel = store.channel(to);
  if (!channel) throw new SlackError('channel_not_found');
  mayPost(channel, workspace);
  if (!channel.members.includes(bot.user)) throw new SlackError('not_in_channel');
  const text = args.text('initial_comment') ?? '';
  const blocks =
    args.json('blocks', 'invalid_blocks_format') === undefined
      ? {}
      : { blocks: content(args, workspace).blocks ?? [] };
  const thread = args.text('thread_ts');
  for (const file of files) file.channels.push(channel.id);
  store.postAsBot(channel.id, {
    text,
    subtype: 'file_share',
    files: files.map((file) => fileShape(file, workspace)),
    ...blocks,
    ...(thread ? { thread_ts: thread } : {}),
  });
}

function info(args: Args, workspace: Workspace): Fields {
  const file = workspace.store.state.files[args.required('file')];
  if (!file?.complete) throw new SlackError('file_not_found');
  return { file: fileShape(file, workspace), comments: [], response_metadata: { next_cursor: '' } };
}

const types: Readonly<Record<string, readonly [type: string, mime: string]>> = {
  csv: ['csv', 'text/csv'],
  gif: ['gif', 'image/gif'],
  jpg: ['jpg', 'image/jpeg'],
  json: ['json', 'application/json'],
  log: ['text', 'text/plain'],
  pdf: ['pdf', 'application/pdf'],
  png: ['png', 'image/png'],
  svg: ['svg', 'image/svg+xml'],
  txt: ['text', 'text/plain'],
};

export function mimeType(name: string): string {
  return fileType(name)[1];
}

function fileType(name: string): readonly [string, string] {
  return types[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? ['binary', 'application/octet-stream'];
}

export function fileShape(file: StoredFile, { url }: Workspace): Fields {
  const [filetype, mimetype] = fileType(file.name);
  const address = `${url}/files/${file.id}/${encodeURIComponent(file.name)}`;
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype,
    filetype,
    pretty_type: filetype.toUpperCase(),
    user: file.user,
    size: file.length,
    mode: 'hosted',
    is_external: false,
    is_public: true,
    url_private: address,
    url_private_download: address,
    permalink: address,
    channels: file.channels,
    ...(mimetype.startsWith('image/') ? { thumb_360: address, thumb_720: address } : {}),
  };
}

export const files: Methods = {
  'files.getUploadURLExternal': { token: 'bot', scopes: ['files:write'], tier: 4, run: getUploadUrl },
  'files.completeUploadExternal': { token: 'bot', scopes: ['files:write'], tier: 4, run: complete },
  'files.info': { token: 'bot', scopes: ['files:read'], tier: 4, run: info },
};
