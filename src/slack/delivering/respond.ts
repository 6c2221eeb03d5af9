import type { Address } from '../../core/letter.ts';
import type { Rendered } from '../rendering/render.ts';
import { type Fault, noReply } from '../web.ts';

/**
 * Answers over a response_url, seen by the person only. Resolves with what went wrong, if anything.
 * Source: docs.slack.dev, handling user interaction, message responses.
 */
export async function respond(
  to: Extract<Address, { kind: 'response' }>,
  { text, blocks }: Rendered,
): Promise<Fault | undefined> {
  try {
    const reply = await fetch(to.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        response_type: 'ephemeral',
        replace_original: to.replace ?? false,
        text,
        blocks,
        unfurl_links: false,
      }),
      redirect: 'error',
      signal: AbortSignal.timeout(10_000),
    });
    // an unread body keeps its connection
    await reply.arrayBuffer();
    return faultIn(reply);
  } catch (error) {
    return noReply(error);
  }
}

function faultIn(reply: Response): Fault | undefined {
  if (reply.ok) return undefined;
  const because = `the response URL answered HTTP ${reply.status}`;
  if (reply.status === 429)
    return { kind: 'limited', wait: Number(reply.headers.get('retry-after') ?? 1) * 1000, because };
  if (reply.status >= 500) return { kind: 'away', maybe: true, because };
  return { kind: 'refused', error: reply.status === 400 ? 'bad_request' : 'url_over', because };
}
