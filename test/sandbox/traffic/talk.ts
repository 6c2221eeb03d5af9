import { connect, type Socket } from 'node:net';

/** A kept connection on which one asks who answers. */
export interface Talk {
  readonly socket: Socket;
  /** The name of the instance. Rejects when the connection is cut. */
  ask(path?: string): Promise<string>;
  /** How it ended: a code such as ECONNRESET, or nothing when it ended well. */
  readonly ended: Promise<string | undefined>;
}

/** @param from a loopback address of the client's own */
export function talk(url: string, from?: string): Talk {
  const port = Number(new URL(url.replace('tcp:', 'http:')).port);
  const socket = connect({ port, host: '127.0.0.1', ...(from && { localAddress: from }) });
  let code: string | undefined;
  socket.on('error', (error: NodeJS.ErrnoException) => {
    code = error.code;
  });
  const ended = new Promise<string | undefined>((resolve) => socket.once('close', () => resolve(code)));
  return {
    socket,
    ended,
    ask: (path = '/') =>
      new Promise((resolve, reject) => {
        const cut = () => reject(new Error(`cut: ${code}`));
        socket.once('close', cut);
        socket.once('data', (part) => {
          socket.off('close', cut);
          resolve(/x-instance: (\S+)/i.exec(String(part))?.[1] ?? '');
        });
        socket.write(`GET ${path} HTTP/1.1\r\nHost: store\r\n\r\n`);
      }),
  };
}
