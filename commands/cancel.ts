import { control, reason, word } from '../src/command.ts';
import { describe } from '../src/core/describe.ts';

export default control({
  summary: 'Cancel an operation: what was not sent to OCI yet is not sent',
  examples: ['cancel op-81', 'cancel op-81 because wrong environment'],
  args: {
    operation: word('operation', 'an operation id such as op-81', 'operations'),
    because: reason('why, for those who read the message'),
  },
  async run({ operation, because }, _look, controls) {
    const cancelled = await controls.cancel(operation, because);
    return { ...describe(cancelled), actions: [] };
  },
});
