import { hash } from 'node:crypto';
import { once } from 'node:events';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { type CanonicalRow, FIELD_INDEX, FIELDS } from '../../domain/fields.ts';
import type { RecordPosition, RefusedRow, RowWarning } from '../../domain/import/import-session.ts';

/** Bytes of COPY text that are handed to the database at once. */
const CHUNK = 1 << 18;

/** Bytes that a character of a string takes at most in UTF-8. */
const BYTES_PER_CHARACTER = 3;

/**
 * The temporary table that an import fills first: `n` counts the rows in the order they came; a refused row has `refusal` and `raw`
 * (its cells as a JSON array) and of the 30 values only interview_id, where that is known. `warnings` are those of its reading, as a JSON
 * array, or null.
 */
export const CREATE_STAGED = `/* load.staged */ CREATE TEMP TABLE staged (
  n bigint, source integer, line bigint, warnings json, refusal text, raw text, key_hash uuid, content_hash uuid,
  ${FIELDS.map((f) => `${f.column} ${f.type} ${f.kind === 'identifier' || f.key === 'room' ? 'COLLATE "C"' : ''}`).join(', ')}
) ON COMMIT DROP`;

const COPY_STAGED = `/* load.copy */ COPY staged (n, source, line, warnings, refusal, raw, key_hash, content_hash, ${FIELDS.map((f) => f.column).join(', ')}) FROM STDIN`;

const NULL = '\\N';
const REFUSED_VALUES = `\t${NULL}`.repeat(FIELDS.length - 1);

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** Characters above which a value of nothing but line ends would hold the event loop in `replace`: 0.3 s for 1 MiB. */
const LONG_VALUE = 1 << 16;

/** A value in COPY's text format (PostgreSQL manual, COPY, "Text Format"). */
function copyText(value: string | null): string {
  if (value === null) return NULL;
  if (!/[\\\t\n\r]/.test(value)) return value;
  if (value.length > LONG_VALUE) return longCopyText(value);
  return value.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? '');
}

const BACKSLASH = 92;
/** For each byte what stands for it behind a backslash, or 0. */
const LETTERS = Uint8Array.from({ length: 256 }, (_, byte) => ESCAPES[String.fromCharCode(byte)]?.charCodeAt(1) ?? 0);

function longCopyText(value: string): string {
  const bytes = Buffer.from(value);
  const text = Buffer.allocUnsafe(2 * bytes.length);
  let end = 0;
  // By index, and not by an iterator, which takes several times as long.
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at++] ?? 0;
    const letter = LETTERS[byte] ?? 0;
    if (letter !== 0) text[end++] = BACKSLASH;
    text[end++] = letter === 0 ? byte : letter;
  }
  return text.toString('utf8', 0, end);
}

/** 128 bits of SHA-256, in hex, which Postgres takes as a uuid: as good as unique and half the size. */
const hash128 = (text: string): string => hash('sha256', text, 'hex').slice(0, 32);

/**
 * What makes an appointment the same one in the next extract: interview, start time and interviewer, by id or else by name
 * (docs/contract.md, "Row id").
 */
function appointmentKey(row: CanonicalRow): string {
  const employeeId = row[FIELD_INDEX.interviewerEmployeeId];
  const who = employeeId ?? [row[FIELD_INDEX.interviewerFirstName], row[FIELD_INDEX.interviewerLastName]];
  return JSON.stringify([row[FIELD_INDEX.interviewId], row[FIELD_INDEX.startTime], who]);
}

/** The stream of rows into `staged`. Errors of the database surface in `flush` and `end`. */
export class Staging {
  #stream;
  #failed: Error | null = null;
  /** What waits to be handed over: full chunks, and the begun one with the bytes it has. */
  readonly #full: Buffer[] = [];
  #chunk = Buffer.allocUnsafe(CHUNK);
  #length = 0;
  #count = 0;
  #ended = false;
  /** Whether a row came with warnings. */
  hasWarnings = false;
  /** The characters of the largest row so far. */
  largest = 0;

  constructor(client: pg.ClientBase) {
    this.#stream = client.query(copyFrom(COPY_STAGED));
    this.#stream.on('error', (error) => {
      this.#failed ??= error;
    });
  }

  add({ source, line }: RecordPosition, row: CanonicalRow, warnings?: readonly RowWarning[]): void {
    if (warnings) this.hasWarnings = true;
    const remarks = warnings ? copyText(JSON.stringify(warnings)) : NULL;
    let values = copyText(row[0] ?? null);
    for (let index = 1; index < row.length; index++) values += `\t${copyText(row[index] ?? null)}`;
    this.#append(
      `${++this.#count}\t${source}\t${line}\t${remarks}\t${NULL}\t${NULL}\t${hash128(appointmentKey(row))}\t${hash128(values)}\t${values}\n`,
    );
  }

  refuse({ source, line, reason, cells }: RefusedRow, interviewId: string | null): void {
    const raw = copyText(JSON.stringify(cells));
    this.#append(
      `${++this.#count}\t${source}\t${line}\t${NULL}\t${copyText(reason)}\t${raw}\t${NULL}\t${NULL}\t${copyText(interviewId)}${REFUSED_VALUES}\n`,
    );
  }

  /** Each row is encoded by itself: one with a character beyond Latin-1 would make the encoding of a whole chunk four times slower. */
  #append(row: string): void {
    if (row.length > this.largest) this.largest = row.length;
    const most = row.length * BYTES_PER_CHARACTER;
    if (this.#length + most > CHUNK) this.#finishChunk();
    if (most > CHUNK) this.#full.push(Buffer.from(row));
    else this.#length += this.#chunk.write(row, this.#length);
  }

  #finishChunk(): void {
    if (this.#length === 0) return;
    this.#full.push(this.#chunk.subarray(0, this.#length));
    this.#chunk = Buffer.allocUnsafe(CHUNK);
    this.#length = 0;
  }

  /** Hands over what has gathered, and waits where the database is slower than the file. */
  async flush(): Promise<void> {
    if (this.#failed) throw this.#failed;
    for (const chunk of this.#full.splice(0)) {
      if (!this.#stream.write(chunk)) await once(this.#stream, 'drain');
      if (this.#failed) throw this.#failed;
    }
  }

  /** All rows are in the table when this resolves; from then on the connection takes statements again. */
  async end(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    this.#finishChunk();
    await this.flush();
    this.#stream.end();
    await once(this.#stream, 'finish');
  }
}
