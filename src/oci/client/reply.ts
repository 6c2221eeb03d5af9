import { CloudError } from '../../core/fault.ts';

/** A reply that said no, as the SDK parsed it. Its own type: oci-common's OciError. */
export interface ServiceFault {
  readonly statusCode: number;
  readonly serviceCode: string;
  readonly message: string;
  readonly opcRequestId?: string | null;
}

const longest = 500;

/** A reply with a status that is not 2xx. `headers` are the reply's. */
export function refusedCall(operation: string, fault: ServiceFault, headers?: Headers): CloudError {
  return new CloudError({
    operation,
    status: fault.statusCode,
    code: fault.serviceCode === 'None' ? `HTTP${fault.statusCode}` : fault.serviceCode,
    message: oneLine(fault.message),
    requestId: fault.opcRequestId ?? undefined,
    retryAfter: headers ? retryAfter(headers) : undefined,
  });
}

/**
 * No reply, or none that could be read to its end: the call may have taken effect. `sent` is the
 * opc-request-id that the request carried, which OCI keeps at the front of its own.
 */
export function brokenCall(operation: string, cause: unknown, sent?: string): CloudError {
  const code = causeCode(cause);
  return new CloudError({
    operation,
    status: 0,
    code,
    message: code === 'Timeout' ? 'no reply in time' : `no reply (${code})`,
    requestId: sent,
    cause: cause instanceof Error ? cause : undefined,
  });
}

/** Milliseconds that the service asks to wait: from seconds, or from a date against the reply's own. */
export function retryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Math.round(Number(value) * 1000);
  const wait = Date.parse(value) - Date.parse(headers.get('date') ?? '');
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

/** ECONNREFUSED, UND_ERR_SOCKET …: undici buries the word in a chain of causes. */
function causeCode(cause: unknown): string {
  if (cause instanceof DOMException) return cause.name === 'TimeoutError' ? 'Timeout' : 'Aborted';
  if (typeof cause !== 'object' || cause === null) return 'Unreachable';
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
  if (code) return code;
  return 'cause' in cause && cause.cause !== undefined ? causeCode(cause.cause) : 'Unreachable';
}

/** A gateway may answer with a whole page of HTML. */
function oneLine(text: string): string {
  const line = text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line || 'no reason given';
}
