import { describe, expect, test } from 'vitest';
import { createLog } from '../src/log.ts';

/** What is logged, as the one line of JSON that it becomes. */
function logged(given: object, message = 'it happened'): string {
  const lines: string[] = [];
  const log = createLog({ level: 'info', to: { write: (line: string) => void lines.push(line) } });
  log.info(given, message);
  return lines.join('');
}

describe('a secret never reaches the log', () => {
  test.each([
    ['by its key', { token: 'plain-word-1' }, 'plain-word-1'],
    ['two levels down', { slack: { connection: { botToken: 'plain-word-2' } } }, 'plain-word-2'],
    ['in a payload', { body: { response_url: 'plain-word-3', trigger_id: 'x' } }, 'plain-word-3'],
    ['as a Slack token in a text', { because: 'sent xoxb-1-2-abcDEF to Slack' }, 'abcDEF'],
    ['as an app-level token', { because: 'xapp-1-A0-3-deadbeef' }, 'deadbeef'],
    [
      'as a private key',
      { key: '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAK\n-----END RSA PRIVATE KEY-----' },
      'MIIEpAIBAAK',
    ],
    ['as a password in an address', { url: 'postgres://bot:hunter2@db/lamplighter' }, 'hunter2'],
    ['as a response_url', { to: 'https://hooks.slack.com/commands/T0/1/abcdef' }, 'abcdef'],
    ['as a socket ticket', { to: 'wss://wss.slack.com/link/?ticket=abcdef&app_id=A0' }, 'abcdef'],
  ])('%s', (_how, given, secret) => {
    const line = logged(given);
    expect(line).not.toContain(secret);
    expect(line).toContain('[redacted]');
  });

  test('in an error and its cause', () => {
    const error = new Error('cannot use xoxb-9-secretpart', { cause: new Error('xapp-1-otherpart') });
    expect(logged({ err: error })).not.toMatch(/secretpart|otherpart/);
  });
});

test('each line is one object with its level, time and words', () => {
  expect(JSON.parse(logged({ operation: 'op-81' }))).toMatchObject({
    level: 'info',
    operation: 'op-81',
    msg: 'it happened',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
  });
});

test.each([
  '"-----BEGIN PRIVATE KEY-----\nMIIE',
  '-----BEGIN PRIVATE KEY-----\nMI"IE',
  'see "https://hooks.slack.com/commands/T0/1/abc" and "wss://x/?ticket=abc"',
  'xoxb-1"xapp-2',
])('what is redacted leaves the line valid JSON: %j', (because) => {
  expect(JSON.parse(logged({ because, url: 'http://x:', other: 'a@b' }))).toMatchObject({ other: 'a@b' });
});
