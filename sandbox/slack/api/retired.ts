/** Methods that Slack has switched off and still knows by name: clients of years ago call them. */
const retired = new Set(['files.upload', 'rtm.start', 'workflows.stepCompleted', 'workflows.stepFailed']);

/** The conversations.* of today were these until 2021. */
const retiredFamily = /^(channels|groups|im|mpim)\.\w+$/;

/** Answered with method_deprecated. Source: the changelog of docs.slack.dev. */
export function isRetired(method: string): boolean {
  return retired.has(method) || retiredFamily.test(method);
}
