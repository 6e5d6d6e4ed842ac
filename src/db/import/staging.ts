import { once } from 'node:events';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { type CanonicalRow, FIELDS, type Field, isDate } from '../../domain/fields.ts';
import type { RecordPosition, RefusedRow, RowWarning } from '../../domain/import/import-session.ts';
import { HASHED_FIELDS, hashedValues } from './content-hash.ts';
import { copyText, NULL } from './copy-text.ts';
import { appointmentHash } from './row-id.ts';
import { COMPUTED_COLUMNS } from './staged-columns.ts';

/** Bytes of COPY text per chunk sent to the database. */
const CHUNK = 1 << 18;

/** The maximum number of UTF-8 bytes that a UTF-16 code unit takes. */
const BYTES_PER_CHARACTER = 3;

/** Reading a column takes longer the more texts are before it in the row, so the dates come first and texts last. */
const order = ({ kind }: Field): number => (kind === 'text' ? 2 : isDate({ kind }) ? 0 : 1);

/**
 * The temporary table that an import fills first. `n` numbers the rows in order. A refused row has `refusal` and `raw` (its cells as a JSON
 * array) and, of the 30 values, only interview_id if it is known. `warnings`: those of reading the row, as a JSON array, or null. `coarse`:
 * see `ImportSession.add`; null if it is 0.
 */
export const CREATE_STAGED = `/* load.staged */ CREATE TEMP TABLE staged (
  n bigint, source integer, line bigint, coarse bigint, key_hash uuid, content_hash uuid, ${COMPUTED_COLUMNS.join(', ')}, ${[
    ...FIELDS,
  ]
    .sort((a, b) => order(a) - order(b))
    .map((f) => `${f.column} ${f.type} ${f.kind === 'identifier' || f.key === 'room' ? 'COLLATE "C"' : ''}`)
    .join(', ')}, warnings json, refusal text, raw text
) ON COMMIT DROP`;

const COPY_STAGED = `/* load.copy */ COPY staged (n, source, line, coarse, warnings, refusal, raw, key_hash, content_hash, ${HASHED_FIELDS.map((f) => f.column).join(', ')}) FROM STDIN`;

const REFUSED_VALUES = `\t${NULL}`.repeat(HASHED_FIELDS.length - 1);

/** The stream of rows into `staged`. `flush` and `end` throw errors of the database. */
export class Staging {
  #stream;
  #failed: Error | null = null;
  /** The buffer: full chunks, and the current chunk with the number of bytes in it. */
  readonly #full: Buffer[] = [];
  #chunk = Buffer.allocUnsafe(CHUNK);
  #length = 0;
  #ended = false;
  /** The number of rows so far. */
  rows = 0;
  /** The number of refused rows among them. */
  refused = 0;
  /** Whether a row came with warnings. */
  hasWarnings = false;
  /** Whether a row came with values that may be stored more precisely. */
  hasCoarse = false;
  /** The number of characters of the largest row so far. */
  largest = 0;

  constructor(client: pg.ClientBase) {
    this.#stream = client.query(copyFrom(COPY_STAGED));
    this.#stream.on('error', (error) => {
      this.#failed ??= error;
    });
  }

  add({ source, line }: RecordPosition, row: CanonicalRow, warnings?: readonly RowWarning[], coarse?: number): void {
    if (warnings) this.hasWarnings = true;
    if (coarse) this.hasCoarse = true;
    const remarks = warnings ? copyText(JSON.stringify(warnings)) : NULL;
    const { values, contentHash } = hashedValues(row);
    this.#append(
      `${++this.rows}\t${source}\t${line}\t${coarse ?? NULL}\t${remarks}\t${NULL}\t${NULL}\t${appointmentHash(row)}\t${contentHash}\t${values}\n`,
    );
  }

  refuse({ source, line, reason, cells }: RefusedRow, interviewId: string | null): void {
    this.refused += 1;
    const raw = copyText(JSON.stringify(cells));
    this.#append(
      `${++this.rows}\t${source}\t${line}\t${NULL}\t${NULL}\t${copyText(reason)}\t${raw}\t${NULL}\t${NULL}\t${copyText(interviewId)}${REFUSED_VALUES}\n`,
    );
  }

  /** Each row is encoded separately: a character beyond Latin-1 would make encoding a whole chunk four times slower. */
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

  /** Sends the buffer, and waits if the database is slower than the file. */
  async flush(): Promise<void> {
    if (this.#failed) throw this.#failed;
    for (const chunk of this.#full.splice(0)) {
      if (!this.#stream.write(chunk)) await once(this.#stream, 'drain');
      if (this.#failed) throw this.#failed;
    }
  }

  /** Resolves once all rows are in the table; then the connection accepts statements again. */
  async end(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    this.#finishChunk();
    await this.flush();
    this.#stream.end();
    await once(this.#stream, 'finish');
  }
}
