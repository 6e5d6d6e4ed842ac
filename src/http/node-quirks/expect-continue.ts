import type { Server, ServerResponse } from 'node:http';

/**
 * Answers `Expect: 100-continue` (RFC 9110, 10.1.1) as Node does, and works around a fault in that. For pipelined
 * requests, Node buffers what it can't write yet, and writes the headers of a body of bytes before that buffer, so that
 * "100 Continue" would come between the headers and the body. Headers that are flushed on their own keep their
 * position.
 */
export function expectContinue(server: Server): void {
  server.on('checkContinue', (request, response) => {
    response.writeContinue();
    const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => ServerResponse;
    const writeHeadAlone = (...args: unknown[]): ServerResponse => {
      writeHead(...args);
      response.flushHeaders();
      return response;
    };
    Object.assign(response, { writeHead: writeHeadAlone });
    server.emit('request', request, response);
  });
}
