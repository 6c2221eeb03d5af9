import { findingsOfBlocks, findingsOfView } from '../blocks/validate.ts';
import { SlackError } from '../errors.ts';
import { showable } from '../showable.ts';
import { isFields } from '../types.ts';
import type { Methods } from './method.ts';

/** blocks.validate: needs no token; says of blocks, a message or a view what Slack would refuse. */
export const validation: Methods = {
  'blocks.validate': {
    token: 'none',
    scopes: [],
    tier: 'special',
    run: (args, workspace) => {
      const files = showable(workspace);
      const view = args.json('view', 'invalid_arguments');
      const message = args.json('message', 'invalid_arguments');
      const blocks =
        args.json('blocks', 'invalid_blocks_format') ?? (isFields(message) ? message.blocks : undefined);
      if (view === undefined && blocks === undefined) throw new SlackError('invalid_arguments');
      const findings =
        view === undefined ? findingsOfBlocks(blocks, 'message', files) : findingsOfView(view, files);
      if (findings.length > 0) throw SlackError.invalid('invalid_blocks', findings);
      return {};
    },
  },
};
