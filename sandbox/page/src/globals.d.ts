/** From the app's manifest.yml, put in by vite.config.ts. */
declare const SLASH_COMMANDS: readonly {
  readonly command: string;
  readonly description: string;
  readonly usage_hint?: string;
}[];

declare const SHORTCUTS: readonly {
  readonly name: string;
  readonly type: 'global' | 'message';
  readonly callback_id: string;
  readonly description: string;
}[];
