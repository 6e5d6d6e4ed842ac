import { objectWriter } from '../../../extract/json.ts';
import type { DocumentForm } from '../../../extract/output-options.ts';
import type { StoredProperty } from '../entity-sets.ts';
import type { JsonForm } from '../media-type.ts';

/** What is said of the rows before and after them. */
interface Around {
  /** The context URL; null: none. */
  readonly context: string | null;
  /** The number of all rows; null: not asked for. */
  readonly count: number | null;
  /** The URL of the next page; null if there is none. */
  readonly next: string | null;
}

/** Returns how values are written. Hidden values come as null. */
const formOf = (properties: readonly StoredProperty[]): DocumentForm => ({
  fields: properties,
  labels: false,
  dates: null,
  excel: false,
  delimiter: ',',
  decimalComma: false,
  nulls: 'include',
  personal: true,
});

/** Writes rows in COPY’s text format as an entity collection, in chunks (OData JSON Format 4.01, 13). Errors: those of the rows. */
export async function* collectionBody(
  properties: readonly StoredProperty[],
  rows: AsyncIterable<Buffer>,
  { context, count, next }: Around,
  { quotedNumbers }: JsonForm,
): AsyncGenerator<Buffer> {
  const head = [
    ...(context === null ? [] : [`"@odata.context":${JSON.stringify(context)},`]),
    ...(count === null ? [] : [`"@odata.count":${quotedNumbers ? `"${count}"` : count},`]),
  ];
  yield Buffer.from(`{${head.join('')}"value":[`);
  yield* objectWriter(formOf(properties), { between: ',', end: '', quotedDecimals: quotedNumbers }).write(rows);
  yield Buffer.from(next === null ? ']}' : `],"@odata.nextLink":${JSON.stringify(next)}}`);
}

/** Writes the only row as an entity; null if there is none (OData JSON Format 4.01, 6). Errors: those of the rows. */
export async function entityBody(
  properties: readonly StoredProperty[],
  rows: AsyncIterable<Buffer>,
  context: string | null,
  { quotedNumbers }: JsonForm,
): Promise<Buffer | null> {
  const head = context === null ? '' : `"@odata.context":${JSON.stringify(context)},`;
  const writer = objectWriter(formOf(properties), { head, between: '', end: '', quotedDecimals: quotedNumbers });
  const chunks: Buffer[] = [];
  for await (const chunk of writer.write(rows)) chunks.push(chunk);
  return chunks.length === 0 ? null : Buffer.concat(chunks);
}
