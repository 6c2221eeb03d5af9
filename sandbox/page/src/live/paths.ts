const slack = '/control/slack';
const oci = '/control/oci';

/** Where the page reads; people and channels are given by id. */
export const paths = {
  state: '/api/state',
  messages: (channel: string) => `${slack}/channels/${channel}/messages`,
  ephemerals: (user: string) => `${slack}/users/${user}/ephemeral`,
  home: (user: string) => `${slack}/users/${user}/home`,
  views: (user: string) => `${slack}/users/${user}/views`,
  slackFaults: `${slack}/faults`,
  resources: `${oci}/resources`,
  requests: `${oci}/requests`,
  traffic: `${oci}/traffic`,
  cloudFaults: `${oci}/faults`,
} as const;
