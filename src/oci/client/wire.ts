import { AsyncLocalStorage } from 'node:async_hooks';
import { setMaxListeners } from 'node:events';
import type { AuthenticationDetailsProvider, ClientConfiguration, HttpClient } from 'oci-common';
import { CloudError } from '../../core/fault.ts';
import { brokenCall, refusedCall } from './reply.ts';
import { Signer } from './signer.ts';

/**
 * What the SDK keeps to itself: a way to give up, the headers of a reply that said no, and why there
 * was none. One of these goes along with each call, below the SDK's own layers.
 */
interface Exchange {
  readonly operation: string;
  readonly signal: AbortSignal;
  sent?: { readonly requestId: string | undefined };
  reply?: Response;
  fault?: CloudError;
}

const exchanges = new AsyncLocalStorage<Exchange>();

/** How long a call may take from signing to the last byte of its reply, in ms of real time. */
export interface CallLimits {
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes one call through an SDK client that was built with `clientParts`. Rejects with a CloudError, and
 * with nothing else once the request was on its way: the SDK throws plain objects when no reply came.
 */
export async function exchange<T>(operation: string, limits: CallLimits, call: () => Promise<T>): Promise<T> {
  const giveUp = new AbortController();
  const aborted = () => giveUp.abort(new DOMException('given up', 'AbortError'));
  const timer = setTimeout(() => giveUp.abort(new DOMException('timed out', 'TimeoutError')), limits.timeout);
  if (limits.signal) {
    // Every call that is out has one listener, and Node takes eleven for a leak.
    setMaxListeners(0, limits.signal);
    limits.signal.addEventListener('abort', aborted, { once: true });
    if (limits.signal.aborted) aborted();
  }
  const going: Exchange = { operation, signal: giveUp.signal };
  try {
    return await exchanges.run(going, call);
  } catch (error) {
    if (error instanceof CloudError || !going.sent) throw error;
    const cause = giveUp.signal.aborted ? giveUp.signal.reason : error;
    throw brokenCall(operation, cause, going.sent.requestId);
  } finally {
    clearTimeout(timer);
    limits.signal?.removeEventListener('abort', aborted);
  }
}

/** What every SDK client is built with: no circuit breaker, no retry, no timers of its own. */
export async function clientParts(
  provider: AuthenticationDetailsProvider,
): Promise<{ readonly httpClient: HttpClient; readonly configuration: ClientConfiguration }> {
  const { CircuitBreaker, FetchHttpClient, NoRetryConfigurationDetails } = await import('oci-common');
  const fetching = new FetchHttpClient(new Signer(provider), null, {
    get signal() {
      return exchanges.getStore()?.signal;
    },
  });
  const httpClient: HttpClient = {
    async send(request, ...rest) {
      const going = exchanges.getStore();
      if (!going) throw new Error('an SDK client was called outside of an exchange');
      going.sent = { requestId: request.headers.get('opc-request-id') ?? undefined };
      try {
        going.reply = await fetching.send(request, ...rest);
        return going.reply;
      } catch (error) {
        const cause = going.signal.aborted ? going.signal.reason : error;
        going.fault = brokenCall(going.operation, cause, going.sent.requestId);
        throw error;
      }
    },
  };
  return {
    httpClient,
    configuration: {
      circuitBreaker: new CircuitBreaker({ disableClientCircuitBreaker: true }),
      retryConfiguration: {
        ...NoRetryConfigurationDetails,
        // Called with the SDK's OciError for each reply that said no.
        retryCondition: (refused) => {
          const going = exchanges.getStore();
          if (going) going.fault = refusedCall(going.operation, refused, going.reply?.headers);
          return true;
        },
        // Called next, outside of the SDK's own catch: throwing here replaces its error and its console.warn.
        terminationStrategy: {
          shouldTerminate: () => {
            const fault = exchanges.getStore()?.fault;
            if (fault) throw fault;
            return true;
          },
        },
      },
    },
  };
}
