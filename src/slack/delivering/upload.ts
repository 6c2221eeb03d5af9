import type { Log } from '../../log.ts';
import type { Attachment } from '../rendering/files.ts';
import type { Web } from '../web.ts';

/**
 * Hands Slack a file without sharing it, for a block to show. Its id; undefined when Slack does not take
 * it, which is logged. Blocks may name it a moment later, when Slack has looked through it.
 */
export async function hand(
  web: Web,
  log: Log,
  { name, title, bytes }: Attachment,
): Promise<string | undefined> {
  try {
    const { files } = await web.reads.filesUploadV2({ file: bytes, filename: name, title });
    return files.flatMap((each) => each.files ?? [])[0]?.id;
  } catch (error) {
    log.error({ err: error, file: name }, 'a picture was not uploaded');
    return undefined;
  }
}

/**
 * Shares a file in a channel or in a thread there, in Slack's three calls. A file that Slack does not
 * take is logged and left out: the message it belongs to stands without it.
 */
export async function upload(
  web: Web,
  log: Log,
  { name, title, bytes }: Attachment,
  to: { readonly channel: string; readonly thread: string | undefined },
): Promise<void> {
  const file = { file: bytes, filename: name, title };
  try {
    await (to.thread === undefined
      ? web.reads.filesUploadV2({ channel_id: to.channel, ...file })
      : web.reads.filesUploadV2({ channel_id: to.channel, thread_ts: to.thread, ...file }));
  } catch (error) {
    log.error({ err: error, file: name, channel: to.channel }, 'a file was not shared');
  }
}
