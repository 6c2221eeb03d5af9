import { auth } from './auth.ts';
import { chat } from './chat.ts';
import { conversations } from './conversations.ts';
import { files } from './files.ts';
import type { Methods } from './method.ts';
import { people } from './people.ts';
import { reactions } from './reactions.ts';
import { validation } from './validation.ts';
import { views } from './views.ts';

/** Every Web API method that the emulator answers. coverage.ts says how fully. */
export const methods: Methods = {
  ...auth,
  ...chat,
  ...conversations,
  ...files,
  ...people,
  ...reactions,
  ...validation,
  ...views,
};
