/**
 * The client of a load, in a process of its own: so many connections that stay open, each of which sends its next request when the answer to
 * the last is complete. Its parent sends `{ open }` and `{ run }`; each is answered with one message.
 */
import { Client } from 'undici';

let target;
let clients = [];
let next = 0;

const COMMANDS = {
  /** Connects, and sends one request on each connection. */
  async open({ url, headers, bodies, connections }) {
    target = { headers, bodies };
    clients = Array.from({ length: connections }, () => new Client(url, { pipelining: 1 }));
    await Promise.all(clients.map((client) => ask(client)));
    return {};
  },
  /** Asks for so many seconds; gives the milliseconds of each request, and the seconds until the last answer. */
  async run({ seconds }) {
    const begun = performance.now();
    const end = begun + seconds * 1000;
    const milliseconds = [];
    const loop = async (client) => {
      for (let now = performance.now(); now < end; ) {
        const before = now;
        await ask(client);
        now = performance.now();
        milliseconds.push(now - before);
      }
    };
    await Promise.all(clients.map(loop));
    const elapsed = (performance.now() - begun) / 1000;
    await Promise.all(clients.map((client) => client.close()));
    return { milliseconds, seconds: elapsed };
  },
};

/** Sends the next request. Rejects where the answer isn’t one with data alone. */
function ask(client) {
  const body = target.bodies[next++ % target.bodies.length];
  return new Promise((resolve, reject) => {
    let status = 0;
    let text = '';
    client.dispatch(
      { path: '/graphql', method: 'POST', headers: target.headers, body },
      {
        onRequestStart() {},
        onResponseStart(_controller, statusCode) {
          status = statusCode;
        },
        onResponseData(_controller, chunk) {
          if (text.length < MOST_SHOWN) text += chunk.toString('latin1', 0, MOST_SHOWN);
        },
        onResponseEnd() {
          if (status === 200 && text.startsWith('{"data":{')) resolve();
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
