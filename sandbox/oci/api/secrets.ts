import { type Call, iso, type Reply, type Route } from '../call.ts';
import { invalid, missing, notFound } from '../errors.ts';
import { arrayReply } from '../pages.ts';
import type { SecretVersion, VaultSecret } from '../resources/secrets.ts';
import { etagOf } from '../store.ts';

const stages = ['CURRENT', 'PENDING', 'LATEST', 'PREVIOUS', 'DEPRECATED'];

function stagesOf({ versions }: VaultSecret, { number }: SecretVersion): string[] {
  if (number === versions.length) return ['CURRENT', 'LATEST'];
  return number === versions.length - 1 ? ['PREVIOUS'] : ['DEPRECATED'];
}

/** By number or stage; the current one unless the query says. @throws OciError 400 or 404. */
function versionOf(call: Call, secret: VaultSecret): SecretVersion {
  const [number, name, stage] = ['versionNumber', 'secretVersionName', 'stage'].map(
    (each) => call.query.get(each) || undefined,
  );
  if ([number, name, stage].filter((each) => each !== undefined).length > 1)
    throw invalid('Only one of versionNumber, secretVersionName and stage can be given.');
  if (stage !== undefined && !stages.includes(stage)) throw invalid(`stage: ${stage} is not supported.`);
  const found = secret.versions.findLast((version) =>
    number !== undefined
      ? String(version.number) === number
      : name === undefined && stagesOf(secret, version).includes(stage ?? 'CURRENT'),
  );
  if (!found) throw notFound();
  return found;
}

function summary(secret: VaultSecret, version: SecretVersion) {
  return {
    secretId: secret.ocid,
    timeCreated: iso(version.at),
    versionNumber: version.number,
    versionName: null,
    timeOfDeletion: null,
    timeOfExpiry: null,
    stages: stagesOf(secret, version),
  };
}

function bundle(call: Call, secret: VaultSecret): Reply {
  const version = versionOf(call, secret);
  const content = Buffer.from(version.content).toString('base64');
  return {
    status: 200,
    headers: { etag: etagOf(secret) },
    body: {
      ...summary(secret, version),
      secretBundleContent: { contentType: 'BASE64', content },
      metadata: null,
    },
  };
}

function byName(call: Call): Reply {
  const [name, vault] = [call.query.get('secretName'), call.query.get('vaultId')];
  if (!name || !vault) throw missing('The required query parameters secretName and vaultId are missing.');
  const secret = call.store
    .list('VaultSecret', call.region)
    .find(({ displayName, vaultId }) => displayName === name && vaultId === vault);
  if (!secret) throw notFound();
  return bundle(call, secret);
}

const service = 'secrets';
const path = '/secretbundles/{secretId}';

/** The content of secrets. Vaults and changes of secrets are not served. */
export const secrets: readonly Route[] = [
  {
    operation: 'Secrets.GetSecretBundle',
    service,
    method: 'GET',
    path,
    handle: (call) => bundle(call, call.resource('VaultSecret', 'secretId')),
  },
  {
    operation: 'Secrets.GetSecretBundleByName',
    service,
    method: 'POST',
    path: '/secretbundles/actions/getByName',
    handle: byName,
  },
  {
    operation: 'Secrets.ListSecretBundleVersions',
    service,
    method: 'GET',
    path: `${path}/versions`,
    handle: (call) => {
      const secret = call.resource('VaultSecret', 'secretId');
      const newestFirst = [...secret.versions].reverse();
      return arrayReply(
        call,
        newestFirst,
        ({ number }) => String(number),
        (version) => summary(secret, version),
      );
    },
  },
];
