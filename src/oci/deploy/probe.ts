import '../client/own-fetch.ts';
import { ProxyAgent, request } from 'undici';

/**
 * The status that a URL answers a GET with, 0 where none comes in time. Through a proxy where one is given: a private
 * address may be out of reach from where the bot runs.
 */
export function probeThrough(proxy: string | undefined): (url: string, timeout: number) => Promise<number> {
  const dispatcher = proxy === undefined ? undefined : new ProxyAgent({ uri: proxy, proxyTunnel: false });
  return async (url, timeout) => {
    try {
      const { statusCode, body } = await request(url, {
        ...(dispatcher ? { dispatcher } : {}),
        signal: AbortSignal.timeout(timeout),
        // a probe asks anew each time: an old connection tells of an old process
        reset: true,
      });
      await body.dump();
      return statusCode;
    } catch {
      return 0;
    }
  };
}
