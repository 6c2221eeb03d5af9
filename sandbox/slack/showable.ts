import type { Workspace } from './workspace.ts';

/** Says of a file's id whether a block may show it: a picture that is uploaded and was looked through. */
export function showable({ store, clock }: Workspace): (id: string) => boolean {
  return (id) => {
    const file = store.state.files[id];
    return (
      file?.complete === true && (file.ready ?? 0) <= clock.now() && /\.(png|gif|jpe?g)$/i.test(file.name)
    );
  };
}
