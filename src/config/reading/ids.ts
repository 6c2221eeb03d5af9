import { zonesLike } from '../../core/schedule/clock/zone-names.ts';
import { oneOrMore, text } from './fields.ts';

/** How the ids of Slack and OCI look, and what to say to someone who writes a name instead. */

export const regionPattern = /^[a-z]{2,}(-[a-z]+)+-\d+$/;

/** What follows the first full stop is said after what stands there instead. */
const names = (what: string) =>
  `${what}. Names are not ids, because their bearer can change them: in Slack, a profile’s menu has “Copy member ID” (U…), and the address of a user group under People ends in its id (S…)`;

export const team = text('a workspace id such as T012AB3CD', /^[TE][A-Z0-9]{5,}$/);
export const channel = text(
  'a channel id such as C012AB3CD. It stands at the bottom of the channel’s details in Slack',
  /^[CGD][A-Z0-9]{5,}$/,
);
export const place = text(
  'a channel id such as C012AB3CD, or terminal. The id stands at the bottom of the channel’s details in Slack',
  /^([CGD][A-Z0-9]{5,}|terminal)$/,
);
export const person = text(
  names('a member id (U…), a user group id (S…), terminal, schedule or anyone'),
  /^([UWS][A-Z0-9]{5,}|terminal(:[\w.-]+)?|schedule(:[\w.-]+)?|anyone)$/,
);
export const approver = text(
  names('a member id (U…), a user group id (S…) or terminal'),
  /^([UWS][A-Z0-9]{5,}|terminal(:[\w.-]+)?)$/,
);
export const command = text(
  'a command name, queries, changes, controls or "*"',
  /^(\*|[a-z][a-z-]*( [a-z][a-z-]*)?)$/,
);
export const region = text('a region name such as eu-frankfurt-1', regionPattern);
const compartmentPattern = /^(ocid1\.(compartment|tenancy)\.\S+|[^\s/*]+(\/[^\s/*]+)*)$/;
export const compartment = text('a compartment path such as shop/dev, or its OCID', compartmentPattern);
export const compartments = text(
  'a compartment path such as shop/dev, shop/* for those below it, or an OCID',
  (value) => compartmentPattern.test(value.replace(/\/\*$/, '')),
);
export const values = oneOrMore(
  text('a text'),
  'a text or a list of texts. Numbers, true and false have to stand in quotes',
);

export const policyNamePattern = /^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/;
export const policyName = text('a name of letters, digits and hyphens', policyNamePattern);
const aZone = 'an IANA time zone such as Europe/Amsterdam';
export const zone = text(aZone, () => true).refine(isZone, {
  error: ({ input }) => likelyZone(String(input)),
});

function likelyZone(name: string): string {
  const likely = zonesLike(name);
  return likely.length === 0 ? aZone : `${aZone}. Did you mean ${likely.join(' or ')}?`;
}

/** Offsets are none: they know nothing of summer. */
function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
