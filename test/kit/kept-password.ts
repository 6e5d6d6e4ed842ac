import { createServer, request as forward, type Server } from 'node:http';

/** A request that came, and the status of its answer. */
interface Passed {
  readonly method: string;
  readonly path: string;
  readonly type: string;
  readonly status: number;
}

/**
 * Stands before a service as if every browser kept a password for it, and sent it with each request of each page; everything else goes through
 * unchanged. No real browser is asked for one (test/browser/basic.test.ts). `passed` has what came.
 */
export function keptPassword(url: string, password: string): { server: Server; passed: Passed[] } {
  const passed: Passed[] = [];
  const authorization = `Basic ${Buffer.from(`anybody:${password}`).toString('base64')}`;
  const server = createServer((asked, response) => {
    const { method = '', url: path = '', headers } = asked;
    const sent = forward(url + path, { method, headers: { ...headers, authorization } }, (answer) => {
      const { statusCode: status = 502 } = answer;
      passed.push({ method, path, type: headers['content-type'] ?? '', status });
      response.writeHead(status, answer.headers);
      answer.pipe(response);
    });
    sent.on('error', () => response.destroy());
    asked.pipe(sent);
  });
  return { server, passed };
}
