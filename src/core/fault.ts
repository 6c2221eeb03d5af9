/**
 * What went wrong when OCI was called, in one shape for all of the SDK's error shapes.
 * Source: OCI API errors (docs.oracle.com, API/References/apierrors.htm) and the SDK's OciError.
 */
export class CloudError extends Error {
  override readonly name = 'CloudError';
  /** HTTP status, or 0 when no reply arrived. */
  readonly status: number;
  /** OCI's error code: NotAuthorizedOrNotFound, IncorrectState, TooManyRequests … or a transport word. */
  readonly code: string;
  /** `opc-request-id` of the reply, for a support request. */
  readonly requestId: string | undefined;
  /** `Compute.InstanceAction in eu-frankfurt-1`. */
  readonly operation: string;
  /** Milliseconds from `Retry-After`, when the service named them. */
  readonly retryAfter: number | undefined;

  constructor(fault: {
    message: string;
    status: number;
    code: string;
    operation: string;
    requestId?: string | undefined;
    retryAfter?: number | undefined;
    cause?: unknown;
  }) {
    super(fault.message, { cause: fault.cause });
    this.status = fault.status;
    this.code = fault.code;
    this.operation = fault.operation;
    this.requestId = fault.requestId;
    this.retryAfter = fault.retryAfter;
  }
}

/** Whether the same call may succeed later: throttled, the service ill, or no reply at all. */
export function isTransient(error: CloudError): boolean {
  return error.status === 0 || error.status === 429 || error.status >= 500;
}

/**
 * Whether the call may have taken effect although it failed. A 4xx is a no, said before the effect;
 * a 5xx or a lost reply says nothing, unless it says that there is no capacity.
 */
export function isAmbiguous(error: CloudError): boolean {
  return error.status === 0 || (error.status >= 500 && !isCapacity(error));
}

/** OCI has no machine for it now, which it says with a 500: `Out of host capacity.` */
export function isCapacity({ status, message }: CloudError): boolean {
  return status >= 500 && /out of (host )?capacity/i.test(message);
}
