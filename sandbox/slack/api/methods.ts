import { auth } from './auth.ts';
import { bookmarks } from './bookmarks.ts';
import { channels } from './channels.ts';
import { chat } from './chat.ts';
import { conversations } from './conversations.ts';
import { direct } from './direct.ts';
import { files } from './files.ts';
import { groups } from './groups.ts';
import type { Methods } from './method.ts';
import { people } from './people.ts';
import { pins } from './pins.ts';
import { reactions } from './reactions.ts';
import { scheduling } from './schedule.ts';
import { validation } from './validation.ts';
import { views } from './views.ts';

/** Every Web API method that the emulator answers. coverage.ts says how fully. */
export const methods: Methods = {
  ...auth,
  ...bookmarks,
  ...channels,
  ...chat,
  ...conversations,
  ...direct,
  ...files,
  ...groups,
  ...people,
  ...pins,
  ...reactions,
  ...scheduling,
  ...validation,
  ...views,
};
