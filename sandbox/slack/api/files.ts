import { SlackError } from '../errors.ts';
import { newId } from '../ids.ts';
import { hearFile, hearPosted } from '../interact/heard.ts';
import { limits } from '../limits.ts';
import { bot, team } from '../seed.ts';
import { type Channel, type Fields, isFields, type StoredFile } from '../types.ts';
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
  const message = store.postAsBot(channel.id, {
    text,
    subtype: 'file_share',
    files: files.map((file) => fileShape(file, workspace)),
    ...blocks,
    ...(thread ? { thread_ts: thread } : {}),
  });
  for (const file of files) {
    file.shares = [
      ...(file.shares ?? []),
      { channel: channel.id, ts: message.ts, ...(thread ? { thread_ts: thread } : {}) },
    ];
    hearFile(workspace, channel, file);
  }
  void hearPosted(workspace, channel, message);
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

/** Where it is shared, by kind of conversation: where an app finds the message that carries its file. */
function sharesOf({ shares = [] }: StoredFile, { store }: Workspace): Fields {
  const of = (isPublic: boolean) =>
    Object.fromEntries(
      shares
        .filter((each) => (store.channel(each.channel)?.kind === 'public') === isPublic)
        .map(({ channel, ts, thread_ts }) => [
          channel,
          [
            {
              reply_users: [],
              reply_users_count: 0,
              reply_count: 0,
              ts,
              ...(thread_ts ? { thread_ts } : {}),
              channel_name: store.channel(channel)?.name,
              team_id: team.id,
              share_user_id: bot.user,
              source: 'UNKNOWN',
            },
          ],
        ]),
    );
  const [open, closed] = [of(true), of(false)];
  return {
    ...(Object.keys(open).length > 0 ? { public: open } : {}),
    ...(Object.keys(closed).length > 0 ? { private: closed } : {}),
  };
}

function channelsOf(file: StoredFile, kind: Channel['kind'], { store }: Workspace): string[] {
  return file.channels.filter((id) => store.channel(id)?.kind === kind);
}

export function fileShape(file: StoredFile, workspace: Workspace): Fields {
  const { url } = workspace;
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
    user_team: team.id,
    editable: filetype === 'text' || filetype === 'csv',
    size: file.length,
    mode: 'hosted',
    is_external: false,
    external_type: '',
    is_public: channelsOf(file, 'public', workspace).length > 0,
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    url_private: address,
    url_private_download: address,
    permalink: address,
    channels: channelsOf(file, 'public', workspace),
    groups: [...channelsOf(file, 'private', workspace), ...channelsOf(file, 'mpim', workspace)],
    ims: channelsOf(file, 'im', workspace),
    shares: sharesOf(file, workspace),
    has_rich_preview: false,
    file_access: 'visible',
    ...(mimetype.startsWith('image/') ? { thumb_360: address, thumb_720: address } : {}),
  };
}

/** What the app has uploaded, the latest first; by pages, as this method alone still counts them. */
function list(args: Args, workspace: Workspace): Fields {
  const { user, channel } = { user: args.text('user'), channel: args.text('channel') };
  const found = Object.values(workspace.store.state.files)
    .filter((file) => file.complete && (!user || file.user === user))
    .filter((file) => !channel || file.channels.includes(channel))
    .reverse();
  const count = Math.min(Math.max(1, args.number('count') ?? 100), 1000);
  const page = Math.max(1, args.number('page') ?? 1);
  return {
    files: found.slice((page - 1) * count, page * count).map((file) => fileShape(file, workspace)),
    paging: { count, total: found.length, page, pages: Math.ceil(found.length / count) },
  };
}

/** The file goes from the messages that show it, and these stay. */
function remove(args: Args, { store }: Workspace): Fields {
  const file = store.state.files[args.required('file')];
  if (!file?.complete) throw new SlackError('file_not_found');
  delete store.state.files[file.id];
  for (const { channel, ts } of file.shares ?? []) {
    const message = store.message(channel, ts);
    if (!message) continue;
    message.files = (message.files ?? []).filter((each) => each.id !== file.id);
    store.changed(channel, message);
  }
  return {};
}

export const files: Methods = {
  'files.getUploadURLExternal': { token: 'bot', scopes: ['files:write'], tier: 4, run: getUploadUrl },
  'files.completeUploadExternal': { token: 'bot', scopes: ['files:write'], tier: 4, run: complete },
  'files.delete': { token: 'bot', scopes: ['files:write'], tier: 3, run: remove },
  'files.list': { token: 'bot', scopes: ['files:read'], tier: 3, run: list },
  'files.info': { token: 'bot', scopes: ['files:read'], tier: 4, run: info },
};
