/**
 * What Slack accepts, in characters unless said otherwise. Sources: docs.slack.dev reference of blocks,
 * composition objects and chat methods; `messageBytes` is measured, not documented (bolt-js #2509).
 */
export const limits = {
  messageBlocks: 50,
  /** JSON of all blocks; Slack answers msg_blocks_too_long a little above 13,000 characters. */
  messageBytes: 12_000,
  /** `text` of chat.update is refused above 4,000. */
  messageText: 3_500,
  sectionText: 3_000,
  sectionFields: 10,
  fieldText: 2_000,
  contextText: 2_000,
  headerText: 150,
  actionElements: 25,
  buttonText: 75,
  buttonValue: 2_000,
  menuOptions: 100,
  optionText: 75,
  optionValue: 75,
  placeholderText: 150,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  imageAlt: 2_000,
  tableRows: 100,
  tableColumns: 20,
  viewBlocks: 100,
  viewTitle: 24,
  viewButton: 24,
  privateMetadata: 3_000,
  inputText: 3_000,
  inputHint: 2_000,
  labelText: 2_000,
  /** A request body; Slack's own are far smaller. Bytes. */
  requestBytes: 1_048_576,
  /** Milliseconds that a response_url may be used, and how often. */
  responseFor: 30 * 60_000,
  responseUses: 5,
  /** Milliseconds between two posts in one channel, and between two edits of one message. */
  postEvery: 1_000,
  editEvery: 2_000,
} as const;
