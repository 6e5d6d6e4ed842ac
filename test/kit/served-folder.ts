import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

const TYPES: Record<string, string> = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript' };

/** Serves the files of a folder at a port of their own; `edit` has the last word on the text of index.html. */
export async function serveFolder(
  folder: string,
  edit: (html: string) => string,
): Promise<{ origin: string; stop(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const name = request.url === '/' ? '/index.html' : (request.url ?? '');
    const text = await readFile(path.join(folder, path.normalize(name)), 'utf8').catch(() => null);
    if (text === null) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[path.extname(name)] ?? 'text/plain' });
    response.end(name === '/index.html' ? edit(text) : text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
