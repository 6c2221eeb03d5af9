import { z } from 'zod';

/** The bodies that the control API takes. Unknown keys are refused: they are usually a misspelling. */

const text = z.string();
const maybe = text.exactOptional();
const place = { channel: maybe, ts: maybe, view_id: maybe };
const values = z.record(text, z.unknown());

export const asked = {
  command: z.strictObject({
    user: text,
    channel: text,
    text,
    command: maybe,
    raw: z.boolean().exactOptional(),
  }),
  click: z.strictObject({
    user: text,
    action: text,
    ...place,
    option: z.unknown().exactOptional(),
    value: z.unknown().exactOptional(),
    values: values.exactOptional(),
    confirmed: z.boolean().exactOptional(),
    force: z.boolean().exactOptional(),
    block_id: maybe,
  }),
  submit: z.strictObject({ user: text, view_id: text, values: values.exactOptional() }),
  close: z.strictObject({ user: text, view_id: text }),
  suggest: z.strictObject({ user: text, action: text, value: text, block_id: maybe, ...place }),
  shortcut: z.strictObject({ user: text, callback_id: text, channel: maybe, ts: maybe }),
  openHome: z.strictObject({ user: text }),
  message: z.strictObject({ user: text, channel: text, text, thread_ts: maybe }),
  react: z.strictObject({
    user: text,
    channel: text,
    ts: text,
    name: text,
    remove: z.boolean().exactOptional(),
  }),
  group: z.strictObject({ users: z.array(text) }),
  channel: z.strictObject({
    archived: z.boolean().exactOptional(),
    members: z.array(text).exactOptional(),
  }),
  deliver: z.strictObject({
    again: z.enum(['same', 'new']).exactOptional(),
    envelope: maybe,
    type: z.enum(['slash_commands', 'interactive', 'events_api']).exactOptional(),
    payload: values.exactOptional(),
  }),
  settings: z.strictObject({
    rate_limits: z.boolean().exactOptional(),
    scopes: z.array(text).exactOptional(),
    request_url: z
      .union([text, z.strictObject({ commands: maybe, interactivity: maybe, options: maybe, events: maybe })])
      .nullable()
      .exactOptional(),
  }),
} as const;

const count = {
  probability: z.number().min(0).max(1).exactOptional(),
  count: z.int().min(1).exactOptional(),
};
const seconds = z.number().min(0);

const fault = z.union([
  z.strictObject({
    kind: z.enum(['lost_reply', 'drop', 'error', 'ratelimit', 'latency', 'refuse']),
    method: text.default('*'),
    status: z.int().min(400).max(599).exactOptional(),
    retry_after: z.int().min(0).exactOptional(),
    ms: z.int().min(0).exactOptional(),
    error: maybe,
    ...count,
  }),
  z.strictObject({
    kind: z.enum(['duplicate', 'delay', 'lose_ack']),
    type: text.default('*'),
    as: z.enum(['same', 'new']).exactOptional(),
    ms: z.int().min(0).exactOptional(),
    ...count,
  }),
  z.strictObject({ kind: z.literal('away'), seconds }),
  z.strictObject({
    kind: z.literal('socket'),
    reason: z.enum(['warning', 'refresh_requested', 'link_disabled', 'gap']),
    seconds: seconds.default(0),
    connections: z.int().min(1).exactOptional(),
  }),
]);
export type AskedFault = z.infer<typeof fault>;

export const askedFaults = z.union([z.strictObject({ faults: z.array(fault) }), fault]);
