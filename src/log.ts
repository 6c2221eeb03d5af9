import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

/** Where secrets could stand in what is logged: tokens, keys, signatures, and payloads that carry them. */
const secret = [
  'token',
  'botToken',
  'appToken',
  'signingSecret',
  'privateKey',
  'passphrase',
  'password',
  'authorization',
  'Authorization',
  'response_url',
  'responseUrl',
  'trigger_id',
];

/**
 * Slack tokens, PEM keys, passwords in connection strings, response URLs and socket tickets, wherever
 * they stand in a text. They are looked for in the finished line, so none reaches over a closing quote.
 */
const shapes: readonly [RegExp, string][] = [
  [/\bx(?:ox[a-z]|app)-[\w-]+/g, '[redacted]'],
  [
    /-----BEGIN [A-Z ]*PRIVATE KEY-----(?:(?!-----END)(?:\\.|[^"\\]))*(?:-----END [A-Z ]*PRIVATE KEY-----)?/g,
    '[redacted]',
  ],
  [/(\w+:\/\/[^\s:/@"\\]+:)[^\s@/"\\]+@/g, '$1[redacted]@'],
  [/(https?:\/\/[^\s"\\]*\/(?:commands|actions|response)\/)[^\s"\\]+/g, '$1[redacted]'],
  [/\bticket=[^\s"&\\]+/g, 'ticket=[redacted]'],
];

/** JSON lines on the destination (stderr unless given), one object an event, secrets redacted by key and by shape. */
export function createLog(options: { readonly level: string; readonly to?: DestinationStream }): Logger {
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: secret.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[redacted]' },
      hooks: {
        streamWrite: (line) => shapes.reduce((text, [shape, instead]) => text.replace(shape, instead), line),
      },
    },
    options.to ?? pino.destination({ fd: 2, sync: true }),
  );
}
