/** The yardstick: the least Bolt app that can answer a slash command, in the same mode and on the same sandbox. */
import bolt from '@slack/bolt';

const {
  SLACK_API_URL: slackApiUrl = '',
  SLACK_BOT_TOKEN: token = '',
  SLACK_APP_TOKEN: appToken = '',
} = process.env;

const app = new bolt.App({ token, appToken, socketMode: true, clientOptions: { slackApiUrl } });
app.command('/oci', async ({ ack }) => ack());
await app.start();
