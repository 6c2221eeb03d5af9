/**
 * An error as OCI sends it: a status, and `{"code", "message"}` as the body.
 * https://docs.oracle.com/en-us/iaas/Content/API/References/apierrors.htm
 */
export class OciError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** All that the real services say of a body in which they find something else than they look for. */
export const incorrectlyFormatted =
  'Incorrectly formatted request. Please refer to our documentation for help.';

export const cannotParse = (message: string) => new OciError(400, 'CannotParseRequest', message);

export const invalid = (message: string) => new OciError(400, 'InvalidParameter', message);

export const missing = (message: string) => new OciError(400, 'MissingParameter', message);

export const unknownTags = (namespaces: readonly string[]) =>
  new OciError(
    400,
    'RelatedResourceNotAuthorizedOrNotFound',
    `The following tag namespaces / keys are not authorized or not found: ${namespaces.map((each) => `'${each}'`).join(', ')}`,
  );

export const notAuthenticated = (message = notAuthenticatedText) =>
  new OciError(401, 'NotAuthenticated', message);

const notAuthenticatedText =
  'The required information to complete authentication was not provided or was incorrect.';

/** OCI does not tell what is forbidden from what does not exist. */
export const notFound = () =>
  new OciError(404, 'NotAuthorizedOrNotFound', 'Authorization failed or requested resource not found.');

export const methodNotAllowed = (allowed: readonly string[]) =>
  new OciError(405, 'MethodNotAllowed', 'Method Not Allowed', { allow: allowed.join(', ') });

export const incorrectState = (message: string) => new OciError(409, 'IncorrectState', message);

export const conflict = (message: string) => new OciError(409, 'Conflict', message);

export const invalidatedRetryToken = () =>
  new OciError(
    409,
    'InvalidatedRetryToken',
    'The provided retry token was used in an earlier request that was not the same as this one.',
  );

/** What a create would make is there; real messages begin so, and nobody is told whether it is a matter of rights. */
export const alreadyExists = (message: string) =>
  new OciError(409, 'NotAuthorizedOrResourceAlreadyExists', message);

export const etagMismatch = () =>
  new OciError(412, 'NoEtagMatch', 'The ETag in the if-match header does not match the current ETag.');

/** Real throttling answers carry no Retry-After in most services; `seconds` adds one. */
export const tooManyRequests = (seconds?: number) =>
  new OciError(
    429,
    'TooManyRequests',
    'Too many requests for the user',
    seconds === undefined ? {} : { 'retry-after': String(seconds) },
  );

export const limitExceeded = (names: readonly string[]) =>
  new OciError(
    400,
    'LimitExceeded',
    `The following service limits were exceeded: ${names.join(', ')}. Request a service limit increase from the service limits page in the console. `,
  );

export const quotaExceeded = (names: readonly string[]) =>
  new OciError(
    400,
    'QuotaExceeded',
    `The following compartment quotas were exceeded: ${names.join(', ')}. Ask an administrator to change the quota policies of the compartment.`,
  );

export const outOfCapacity = () => new OciError(500, 'InternalError', 'Out of host capacity.');
