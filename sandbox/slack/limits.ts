/**
 * Every number that Slack enforces, in one place. Characters are UTF-16 code units, as Slack's own
 * SDKs count them. Sources: docs.slack.dev reference pages, as collected in facts/slack.md B.
 */
export const limits = {
  message: {
    blocks: 50,
    attachments: 100,
    /** Longer text is cut on chat.postMessage and refused on chat.update. */
    postText: 40_000,
    updateText: 4_000,
    /** Undocumented: characters of text over all blocks, measured in bolt-js #2509. */
    blockText: 13_200,
    markdown: 12_000,
    tableText: 10_000,
    tables: 1,
  },
  view: {
    blocks: 100,
    title: 24,
    button: 24,
    privateMetadata: 3_000,
    bytes: 250_000,
    stack: 3,
  },
  text: 3_000,
  section: { fields: 10, field: 2_000 },
  context: 10,
  contextActions: 5,
  actions: 25,
  header: 150,
  label: 2_000,
  placeholder: 150,
  alt: 2_000,
  url: 3_000,
  id: 255,
  button: { text: 75, value: 2_000, label: 75 },
  option: { text: 75, value: 150, description: 75 },
  select: { options: 100, groups: 100 },
  checkboxes: 10,
  overflow: 5,
  confirm: { title: 100, text: 300, button: 30 },
  input: 3_000,
  alert: 200,
  card: { title: 150, body: 200, actions: 5 },
  carousel: 10,
  container: { blocks: 10, title: 150 },
  table: { rows: 100, cells: 20 },
  dataTable: { rows: 101, columns: 20, page: 100 },
  video: { title: 200, author: 50 },
  plan: { tasks: 50 },
  /** A file is at most 1 GB in Slack; here what a test may want to send. */
  fileBytes: 64 * 1024 * 1024,
  channel: { name: 80, topic: 250 },
  /** People in one conversation besides the app. */
  directMessage: 8,
  schedule: { days: 120 },
  responseUrl: { uses: 5, minutes: 30 },
  connections: 10,
} as const;

/** Slack's times for its clients, in milliseconds of real time: a client cannot see the sandbox clock. */
export interface Timing {
  /** How long Slack waits for the acknowledgement of a delivery. */
  ack: number;
  /** How long a trigger id may be used. */
  trigger: number;
  /** How long Slack looks through an uploaded file before blocks may name it, by the sandbox clock. */
  file: number;
  /** How often Slack pings a Socket Mode connection. */
  ping: number;
  /** How long Slack keeps a Socket Mode connection, and one that asked to be cut early for a test. */
  connection: number;
  debugConnection: number;
}

export const slackTiming: Timing = {
  ack: 3_000,
  trigger: 3_000,
  ping: 10_000,
  file: 400,
  connection: 18_060_000,
  debugConnection: 360_000,
};

/** How long before it takes a connection away Slack warns its client, in milliseconds. */
export const warningBefore = 10_000;

/** When an unacknowledged event is sent again, in milliseconds of the sandbox clock after the first. */
export const eventRetries = [0, 60_000, 300_000] as const;

/** Calls a minute, by tier, as Slack documents them; each tier may be spent in one burst. */
export const tiers = { 1: 1, 2: 20, 3: 50, 4: 100, special: 600 } as const;
export type Tier = keyof typeof tiers;

/** chat.postMessage: one a second in a channel, with a short burst. */
export const posting = { perSecond: 1, burst: 4 } as const;
