import type { Server, ServerResponse } from 'node:http';

/**
 * Answers `Expect: 100-continue` (RFC 9110, 10.1.1) as Node does, and after it. Of requests that are sent one behind the other Node keeps what
 * it can't write yet, and puts the headers of a body of bytes before all of that, so that "100 Continue" would stand between the headers
 * and the body; headers that are written by themselves stay in their place.
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
