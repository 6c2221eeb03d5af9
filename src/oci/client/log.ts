/** Where this room says what it does: a part of the bot's own logger. */
export interface Log {
  debug(details: object, message: string): void;
  warn(details: object, message: string): void;
}
