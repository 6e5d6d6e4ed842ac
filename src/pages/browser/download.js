/** A download in the browser: an answer becomes a file once all of it is there, so a transfer that broke leaves none. */
import { ask } from './service.js';

/** Bytes that are gathered before they are handed to the browser, which may keep them on disk. */
const PART = 16_000_000;
/** Milliseconds between two words about how far it is. */
const PAUSE = 1_000;

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** A number of bytes in words. @param {number} bytes */
export const sized = (bytes) =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${number.format(bytes / 1_000_000)} MB`;

/** Bytes that a header alone, or an empty list, never has. */
const MAX_EMPTY = 4_000;

/**
 * Fetches an extract and saves it as a file, under the name that the service gives it; gives that and its size in bytes, or null where it has no
 * row: then nothing is saved. Errors: as `ask`; those of the transfer.
 * @param {URL} address
 * @param {string} token
 * @param {{ file: string, type: string }} as
 * @param {AbortSignal} signal
 * @param {(bytes: number) => void} tell how much is there so far, now and then
 */
export async function download(address, token, { file, type }, signal, tell) {
  const response = await ask(address, token, { signal });
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? file;
  const whole = await gathered(response, type, tell);
  if (await isEmpty(whole)) return null;
  save(whole, name);
  return { name, bytes: whole.size };
}

/** Whether an extract is a header of CSV without rows, or a list of JSON without elements. @param {Blob} content */
async function isEmpty(content) {
  if (content.size > MAX_EMPTY) return false;
  const text = await content.text();
  return text.indexOf('\n') === text.length - 1 || text.replace(/\s/g, '') === '{"content":[]}';
}

/**
 * All of an answer. Errors: those of the transfer.
 * @param {Response} response
 * @param {string} type
 * @param {(bytes: number) => void} tell
 */
async function gathered(response, type, tell) {
  const reader = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (response.body).getReader();
  /** @type {Blob[]} */
  const parts = [];
  /** @type {Uint8Array<ArrayBuffer>[]} */
  let chunks = [];
  let [bytes, waiting, told] = [0, 0, -PAUSE];
  for (;;) {
    const { done, value } = await reader.read();
    if (value) {
      chunks.push(value);
      bytes += value.length;
      waiting += value.length;
    }
    if (done || waiting > PART) {
      parts.push(new Blob(chunks));
      [chunks, waiting] = [[], 0];
    }
    if (done) return new Blob(parts, { type });
    if (performance.now() - told >= PAUSE) {
      told = performance.now();
      tell(bytes);
    }
  }
}

/** Saves something as a file. @param {Blob} content @param {string} file its name */
export function save(content, file) {
  const href = URL.createObjectURL(content);
  const link = Object.assign(document.createElement('a'), { href, download: file });
  link.click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
