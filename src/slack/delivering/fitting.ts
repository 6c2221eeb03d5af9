import type { Report } from '../../core/report.ts';
import type { Log } from '../../log.ts';
import type { Pictures } from '../rendering/blocks.ts';
import { type Rendered, render, renderPlainly } from '../rendering/render.ts';
import { faultOf } from '../web.ts';
import type { Uploads } from './pictures.ts';
import { unfit } from './refusals.ts';

/** Slack looks through a picture before blocks may name it, which takes seconds. */
export class NotReady extends Error {}

/** How often a message waits for its picture: 0.5 s, 1 s, 2 s, 4 s, 8 s. */
const patientTries = 5;
const none: Shows = { pictures: new Map(), tries: 0 };

interface Shows {
  readonly pictures: Pictures;
  /** How often the message was tried before. */
  readonly tries: number;
}

/** Sends a report as well as Slack takes it. */
export class Fitting {
  readonly #log: Log;
  readonly #uploads: Uploads;

  constructor(log: Log, uploads: Uploads) {
    this.#log = log;
    this.#uploads = uploads;
  }

  /**
   * With all its blocks or, when Slack does not take those, without its pictures, or in plain words.
   * @throws NotReady where a picture may be taken a moment later
   */
  async send<R>(
    report: Report,
    call: (content: Rendered) => Promise<R>,
    { pictures, tries } = none,
  ): Promise<{ readonly content: Rendered; readonly reply: R; readonly pictures: Pictures }> {
    const content = render(report, pictures);
    try {
      return { content, reply: await call(content), pictures };
    } catch (error) {
      const fault = faultOf(error);
      if (fault.kind !== 'refused' || !unfit.has(fault.error)) throw error;
      if (pictures.size > 0 && tries < patientTries) throw new NotReady();
      if (pictures.size > 0) {
        this.#log.error({ because: fault.because }, 'Slack does not take the picture of this message');
        this.#uploads.forget(pictures);
        return this.send(report, call);
      }
      this.#log.error({ because: fault.because }, 'Slack does not take these blocks; sent in plain words');
      const plainly = renderPlainly(report);
      return { content: { ...plainly, files: content.files }, reply: await call(plainly), pictures };
    }
  }
}
