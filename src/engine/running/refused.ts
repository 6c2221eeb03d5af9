import { type CloudError, isAmbiguous } from '../../core/fault.ts';

/**
 * What follows when OCI says no to an act, or nothing: it is sent again, it is looked for, since it may be there or what
 * stood against it may be over, or there is nothing left to do.
 */
export function afterRefusal(error: CloudError, attempts: number): 'act' | 'look' | 'fail' {
  if (isAmbiguous(error)) return 'look';
  if (error.status === 429) return 'act';
  if (error.status === 409 && error.code !== 'InvalidatedRetryToken') return 'look';
  // an etag that does not match may be the work of an earlier attempt whose reply was lost
  if (error.status === 412 && attempts > 1) return 'look';
  return 'fail';
}

/** Why it was not done, a sentence for people. */
export function toldOf(refusal: CloudError | undefined): string {
  if (!refusal) return 'Its time was over before OCI took it.';
  if (refusal.status === 412) return 'It was changed since it was approved; plan it again.';
  return wordsOf(refusal);
}

/** OCI's own words, with what a support request needs. */
export function wordsOf({ message, status, code, requestId }: CloudError): string {
  return `${message} (${status || 'no reply'} ${code}${requestId ? `, opc-request-id ${requestId}` : ''})`;
}
