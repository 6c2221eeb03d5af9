import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CloudError } from '../../../src/core/fault.ts';
import { packageRoot } from '../../../src/root.ts';
import type { MemoryCloud } from '../cloud.ts';
import type { Orders } from './worker.ts';

/** The worker program as JavaScript, since Node 20 runs no TypeScript. */
export interface Program {
  start(orders: Orders): Promise<ChildProcess>;
  /** Ends every process that is left. */
  remove(): Promise<void>;
}

export function compileWorker(): Program {
  const cache = join(packageRoot, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'worker-'));
  const tsc = join(packageRoot, 'node_modules', 'typescript', 'bin', 'tsc');
  const source = 'test/engine/child/worker.ts';
  const options =
    '--ignoreConfig --noCheck --skipLibCheck --rootDir . --target es2023 --module nodenext --types node --rewriteRelativeImportExtensions';
  execFileSync(process.execPath, [tsc, ...options.split(' '), '--outDir', folder, source], {
    cwd: packageRoot,
  });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const children: ChildProcess[] = [];
  return {
    async start(orders) {
      const child = spawn(
        process.execPath,
        [join(folder, source.replace('.ts', '.js')), JSON.stringify(orders)],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      children.push(child);
      await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
      return child;
    },
    async remove() {
      await Promise.all(children.map(kill));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = once(child, 'exit');
  child.kill('SIGKILL');
  await over;
}

/** Serves the cloud to other processes, each call taking `latency` ms before and after its effect. */
export async function serveCloud(
  cloud: MemoryCloud,
  latency: number,
): Promise<{ readonly url: string; close(): void }> {
  const answer = (what: string, question: { step: never; token: string; etag: string }) => {
    if (what === 'act') return cloud.act(question.step, question.token, question.etag, 'STOPPING', 'STOPPED');
    if (what === 'observe') return cloud.observe(question.step, 'STOPPING', 'STOPPED');
    return cloud.read(question as never);
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const question = JSON.parse(Buffer.concat(chunks).toString());
    await pause(latency);
    try {
      const body = JSON.stringify({ answer: await answer((request.url ?? '').slice(1), question) });
      await pause(latency);
      response.end(body);
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      const { message, status, code, requestId } = error;
      response.writeHead(500).end(JSON.stringify({ message, status, code, requestId }));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
