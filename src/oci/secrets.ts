import { CloudError } from '../core/fault.ts';
import type { Services } from './services.ts';

export async function readSecret(_services: Services, _region: string, ocid: string): Promise<string> {
  throw new CloudError({
    message: `${ocid} cannot be read`,
    status: 404,
    code: 'NotAuthorizedOrNotFound',
    operation: 'Secrets.GetSecretBundle',
  });
}
