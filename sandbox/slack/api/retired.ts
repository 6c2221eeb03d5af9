/** What Slack answers to methods that it still knows by name and does not offer to apps as they are now. */
const retired: Readonly<Record<string, string>> = {
  'files.upload': 'method_deprecated',
  'rtm.start': 'method_deprecated',
  'workflows.stepCompleted': 'method_deprecated',
  'workflows.stepFailed': 'method_deprecated',
  // For apps from before there were scopes one by one.
  'rtm.connect': 'not_allowed_token_type',
};

/** The conversations.* of today were these until 2021. */
const retiredFamily = /^(channels|groups|im|mpim)\.\w+$/;

/** The error for a method of years ago, undefined for others. Source: the changelog of docs.slack.dev. */
export function retiredWith(method: string): string | undefined {
  if (Object.hasOwn(retired, method)) return retired[method];
  return retiredFamily.test(method) ? 'method_deprecated' : undefined;
}
