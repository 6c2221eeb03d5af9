import type { Log } from '../log.ts';
import type { Attachment } from './files.ts';
import type { Web } from './web.ts';

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
