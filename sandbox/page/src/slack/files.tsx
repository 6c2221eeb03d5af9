import type { SlackFile } from '../live/types.ts';
import { Icon } from '../ui/icon.tsx';

/** Images are shown, everything else can be opened. */
export function Files({ files }: { readonly files: readonly SlackFile[] }) {
  return (
    <div className="files">
      {files.map((file) =>
        file.mimetype.startsWith('image/') ? (
          <figure key={file.id}>
            <figcaption>{file.title}</figcaption>
            <a href={file.url_private} target="_blank" rel="noreferrer">
              <img src={file.url_private} alt={file.title} />
            </a>
          </figure>
        ) : (
          <a key={file.id} className="file" href={file.url_private} target="_blank" rel="noreferrer">
            <Icon name="file" size={28} />
            <span>
              <strong>{file.title}</strong>
              <small>
                {file.pretty_type} · {sizeOf(file.size)}
              </small>
            </span>
          </a>
        ),
      )}
    </div>
  );
}

function sizeOf(bytes: number): string {
  return bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(bytes < 10_240 ? 1 : 0)} kB`;
}
