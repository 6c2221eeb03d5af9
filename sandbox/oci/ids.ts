import { createHash, randomBytes } from 'node:crypto';

const base32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** The types of OCID that the sandbox makes: the second part, as OCI writes it. */
export type OcidType =
  | 'tenancy'
  | 'user'
  | 'compartment'
  | 'availabilitydomain'
  | 'faultdomain'
  | 'tagnamespace'
  | 'tagdefinition'
  | 'instance'
  | 'image'
  | 'instancepool'
  | 'instanceconfiguration'
  | 'instancepoollbattachment'
  | 'loadbalancer'
  | 'loadbalancerworkrequest'
  | 'networkloadbalancer'
  | 'networkloadbalancerworkrequest'
  | 'vcn'
  | 'subnet'
  | 'routetable'
  | 'vnic'
  | 'vnicattachment'
  | 'privateip'
  | 'computecontainerinstance'
  | 'computecontainer'
  | 'containerrepo'
  | 'containerimage'
  | 'vault'
  | 'vaultsecret'
  | 'autonomousdatabase'
  | 'dbsystem'
  | 'dbnode'
  | 'cloudvmcluster'
  | 'cloudexadatainfrastructure'
  | 'mysqldbsystem'
  | 'heatwavecluster'
  | 'postgresqldbsystem'
  | 'postgresqldbinstance'
  | 'autoscalingconfiguration'
  | 'resourceschedule'
  | 'coreservicesworkrequest'
  | 'computecontainerworkrequest'
  | 'mysqlworkrequest'
  | 'postgresqlworkrequest'
  | 'cluster'
  | 'nodepool'
  | 'virtualnodepool'
  | 'clustersworkrequest'
  | 'integrationinstance'
  | 'integrationworkrequest'
  | 'analyticsinstance'
  | 'analyticsworkrequest'
  | 'goldengatedeployment'
  | 'goldengateworkrequest'
  | 'odainstance'
  | 'odaworkrequest'
  | 'disworkspace'
  | 'disworkrequest'
  | 'visualbuilderinstance'
  | 'visualbuilderworkrequest'
  | 'resourceschedulerworkrequest';

/**
 * An OCID that is always the same for the same name: `ocid1.instance.oc1.eu-frankfurt-1.<60 letters>`.
 * What belongs to no region, such as a compartment, has `region` empty: `ocid1.compartment.oc1..…`.
 */
export function ocid(type: OcidType, region: string, ...name: string[]): string {
  const realmWide = region === '';
  const prefix = realmWide ? 'aaaaaaaa' : `an${letters([region]).slice(0, 6)}`;
  return `ocid1.${type}.oc1.${region}.${prefix}${letters([type, region, ...name])}`;
}

/** 52 letters of base32 that stand for the words. */
export function letters(words: readonly string[]): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of createHash('sha256').update(words.join('\0')).digest()) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += base32[(held >> (bits - 5)) & 31];
  }
  return text + base32[(held << (5 - bits)) & 31];
}

/** An opaque etag, another one for each revision. */
export function etag(of: string, revision: number): string {
  return createHash('sha256').update(`${of}\0${revision}`).digest('hex').slice(0, 40);
}

/** `AAAA/BBBB/CCCC` of 32 hex digits each; the client's own id takes the place of the first part. */
export function requestId(fromClient: string | undefined): string {
  const part = () => randomBytes(16).toString('hex').toUpperCase();
  return `${fromClient || part()}/${part()}/${part()}`;
}
