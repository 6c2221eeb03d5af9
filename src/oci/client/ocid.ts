/** `ocid1.<type>.<realm>.<region>.<unique>`. Source: docs.oracle.com, General/Concepts/identifiers.htm. */
export interface OcidParts {
  readonly type: string;
  /** Empty for what belongs to no region. */
  readonly region: string;
}

/** The two oldest regions still stand in OCIDs by their airport codes. */
const shortRegions: Readonly<Record<string, string>> = { iad: 'us-ashburn-1', phx: 'us-phoenix-1' };

/** The parts of an OCID that was typed by a person, or undefined when it is none. */
export function ocidParts(text: string): OcidParts | undefined {
  const [, type, region] = /^ocid1\.([a-z0-9]+)\.[a-z0-9-]+\.([a-z0-9-]*)\.[a-z0-9._-]+$/i.exec(text) ?? [];
  if (type === undefined || region === undefined) return undefined;
  const place = region.toLowerCase();
  return { type: type.toLowerCase(), region: shortRegions[place] ?? place };
}
