import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { AuthenticationDetailsProvider, ConfigFileReader } from 'oci-common';
import { CloudError } from '../../core/fault.ts';

/**
 * How the bot proves who it is. Only `config` is tried by our tests: the other three need a machine, a
 * function or a pod inside OCI, and are built here as the SDK documents them.
 */
export interface Auth {
  readonly type: 'config' | 'resource-principal' | 'instance-principal' | 'workload-identity';
  /** For `config`: the file, `~/.oci/config` if absent, and the profile in it, `DEFAULT` if absent. */
  readonly file?: string;
  readonly profile?: string;
}

/** Who signs, for which tenancy, and the region that is asked first. */
export interface Identity {
  readonly provider: AuthenticationDetailsProvider;
  readonly tenancy: string;
  readonly region: string;
}

/** Rejects with a CloudError (401 NotConfigured) whose message names what is missing and never a key. */
export async function identify(auth: Auth, region: string | undefined): Promise<Identity> {
  const found = auth.type === 'config' ? await fromConfig(auth) : await fromPrincipal(auth.type);
  const first = region ?? found.region;
  if (!first) throw unusable('no region is configured; set OCI_REGION');
  return { ...found, region: first };
}

type Found = Omit<Identity, 'region'> & { readonly region: string | undefined };

/**
 * The SDK's own reader of the file prints to stdout when there is no DEFAULT profile, and quotes lines of
 * the file in its errors, so only its parser is used.
 */
async function fromConfig({ file = '~/.oci/config', profile = 'DEFAULT' }: Auth): Promise<Found> {
  const { ConfigFileReader: Reader, SimpleAuthenticationDetailsProvider } = await import('oci-common');
  const text = await contents(file, 'configuration file');
  if (!text.split('\n').some((line) => line.trim() === `[${profile}]`))
    throw unusable(`${file} has no profile ${profile}`);
  let config: ReturnType<typeof ConfigFileReader.parse>;
  try {
    config = Reader.parse(/^\s*\[DEFAULT\]/m.test(text) ? text : `${text}\n[DEFAULT]\n`, profile);
  } catch {
    throw unusable(`${file} is not well formed: it needs [PROFILE] and key=value lines`);
  }
  const needed = (key: string) => {
    const value = config.get(key);
    if (!value) throw unusable(`profile ${profile} of ${file} has no ${key}`);
    return value;
  };
  const tokenFile = config.get('security_token_file');
  const provider = new SimpleAuthenticationDetailsProvider(
    needed('tenancy'),
    tokenFile ? '' : needed('user'),
    needed('fingerprint'),
    await contents(needed('key_file'), 'key file'),
    config.get('pass_phrase'),
    undefined,
    undefined,
    undefined,
    config.profileCredentials,
    tokenFile ? (await contents(tokenFile, 'security token file')).trim() : undefined,
  );
  return { provider, tenancy: needed('tenancy'), region: config.get('region') ?? undefined };
}

async function fromPrincipal(type: Exclude<Auth['type'], 'config'>): Promise<Found> {
  const common = await import('oci-common');
  try {
    const provider = await principals[type](common);
    const region = common.isRegionProvider(provider) ? provider.getRegion().regionId : undefined;
    return { provider, tenancy: tenancyOf(await provider.getKeyId()), region };
  } catch (cause) {
    throw unusable(`no ${type} could be had here: ${cause instanceof Error ? cause.message : 'see the log'}`);
  }
}

type Common = typeof import('oci-common');

const principals: Record<
  Exclude<Auth['type'], 'config'>,
  (common: Common) => AuthenticationDetailsProvider | Promise<AuthenticationDetailsProvider>
> = {
  'resource-principal': (common) => common.ResourcePrincipalAuthenticationDetailsProvider.builder(),
  'instance-principal': (common) =>
    new common.InstancePrincipalsAuthenticationDetailsProviderBuilder().build(),
  'workload-identity': (common) =>
    new common.OkeWorkloadIdentityAuthenticationDetailsProvider.OkeWorkloadIdentityAuthenticationDetailsProviderBuilder().build(),
};

/** A principal signs with `ST$` and a token, whose claims name its tenancy. */
function tenancyOf(keyId: string): string {
  const claims: unknown = JSON.parse(Buffer.from(keyId.split('.')[1] ?? '', 'base64url').toString());
  for (const claim of ['res_tenant', 'opc-tenant', 'tenant']) {
    const value = Object.entries(claims ?? {}).find(([name]) => name === claim)?.[1];
    if (typeof value === 'string') return value;
  }
  throw new Error('its token names no tenancy');
}

async function contents(file: string, what: string): Promise<string> {
  try {
    return await readFile(file.startsWith('~/') ? join(homedir(), file.slice(2)) : file, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw unusable(`the ${what} ${file} cannot be read${code}`);
  }
}

function unusable(message: string): CloudError {
  return new CloudError({ operation: 'signing in to OCI', status: 401, code: 'NotConfigured', message });
}
