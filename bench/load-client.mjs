/**
 * The client of a load, in a process of its own. Its parent sends commands, each of which is answered with one message. A request is
 * `{ kind, path, method, headers, body, exclusive }`; of the exclusive ones one is sent at a time.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Pool } from 'undici';

let requests = [];
let clients = [];
let next = 0;

const COMMANDS = {
  /** Connects, and sends one request on each connection. */
  async open({ url, connections, ...target }) {
    requests = target.requests;
    clients = Array.from({ length: connections }, () => new Client(url, { pipelining: 1 }));
    await Promise.all(clients.map((client) => send(client, nextRequest())));
    return {};
  },

  /** Says what is asked from now on, on the open connections. */
  async aim(target) {
    requests = target.requests;
    return {};
  },

  /**
   * Asks on the open connections for so many seconds; each sends its next request when it has the answer to the last. Gives the milliseconds
   * of each request, and the seconds until the last answer. With `tolerant`, requests that fail are counted instead of ending all.
   */
  async run({ seconds, tolerant = false }) {
    const begun = performance.now();
    const end = begun + seconds * 1000;
    const milliseconds = [];
    let failed = 0;
    const loop = async (client) => {
      for (let now = performance.now(); now < end; ) {
        const before = now;
        try {
          await send(client, nextRequest());
          milliseconds.push(performance.now() - before);
        } catch (error) {
          if (!tolerant) throw error;
          failed++;
        }
        now = performance.now();
      }
    };
    await Promise.all(clients.map(loop));
    const elapsed = (performance.now() - begun) / 1000;
    await Promise.all(clients.map((client) => client.close()));
    return { milliseconds, failed, seconds: elapsed };
  },

  /** Sends a request every so many milliseconds, whether or not the last is answered. Gives the milliseconds and failures of each kind. */
  async pace({ url, every, seconds, ...target }) {
    requests = target.requests;
    const pool = new Pool(url, { pipelining: 1 });
    const kinds = {};
    let turn = Promise.resolve();
    const one = async (request) => {
      kinds[request.kind] ??= { milliseconds: [], failed: 0, firstFailure: null };
      const kind = kinds[request.kind];
      const before = performance.now();
      try {
        await send(pool, request);
        kind.milliseconds.push(performance.now() - before);
      } catch (error) {
        kind.failed++;
        kind.firstFailure ??= error.message;
      }
    };
    const sent = [];
    const begun = performance.now();
    for (let count = 0; count * every < seconds * 1000; count++) {
      await sleep(Math.max(0, begun + count * every - performance.now()));
      const request = nextRequest();
      if (request.exclusive) turn = turn.then(() => one(request));
      sent.push(request.exclusive ? turn : one(request));
    }
    await Promise.all(sent);
    await pool.close();
    return { kinds };
  },
};

const nextRequest = () => requests[next++ % requests.length];

/** Sends a request. Rejects where the answer isn’t 200, or is one of GraphQL with errors. */
function send(dispatcher, { path, method, headers, body }) {
  return new Promise((resolve, reject) => {
    let status = 0;
    let text = '';
    dispatcher.dispatch(
      { path, method, headers, body },
      {
        onRequestStart() {},
        onResponseStart(_controller, statusCode) {
          status = statusCode;
        },
        onResponseData(_controller, chunk) {
          if (text.length < MOST_SHOWN) text += chunk.toString('latin1', 0, MOST_SHOWN);
        },
        onResponseEnd() {
          if (status === 200 && (path !== '/graphql' || text.startsWith('{"data":{'))) resolve();
          else reject(new Error(`${status} ${text}`));
        },
        onResponseError: (_controller, error) => reject(error),
      },
    );
  });
}

/** Characters of an answer that are looked at, and shown where it is an error. */
const MOST_SHOWN = 300;

process.on('message', async ({ command, ...options }) => {
  try {
    process.send(await COMMANDS[command](options));
  } catch (error) {
    process.send({ error: error.message });
  }
});
process.once('disconnect', () => process.exit(0));
