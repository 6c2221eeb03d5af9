import { CloudError } from '../../core/fault.ts';
import type { Services } from '../client/services.ts';

/**
 * The current content of a Vault secret, which has to be text. It is for a request to OCI and for nothing else: no
 * log, store or message may hold it, so a fault carries no cause, in which a part of a reply could be quoted.
 * Rejects with a CloudError.
 * Source: docs.oracle.com, api/#/en/secretretrieval/20190301/SecretBundle/GetSecretBundle.
 */
export async function readSecret(
  { secrets }: Pick<Services, 'secrets'>,
  region: string,
  ocid: string,
): Promise<string> {
  const { secretBundle } = await withoutCause(
    secrets.read('GetSecretBundle', region, (client) => client.getSecretBundle({ secretId: ocid })),
  );
  const text = textOf(secretBundle.secretBundleContent?.content);
  if (text !== undefined) return text;
  throw new CloudError({
    message: 'the content of the secret is not text',
    status: 400,
    code: 'InvalidParameter',
    operation: `Secrets.GetSecretBundle in ${region}`,
  });
}

async function withoutCause<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    const { message, status, code, operation, requestId, retryAfter } = error;
    throw new CloudError({ message, status, code, operation, requestId, retryAfter });
  }
}

function textOf(base64: string | undefined): string | undefined {
  if (base64 === undefined) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(base64, 'base64'));
  } catch {
    return undefined;
  }
}
