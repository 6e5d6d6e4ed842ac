import { SaxesParser } from 'saxes';
import { decodeText } from '../bytes/decode-text.ts';
import { Lookahead } from '../bytes/lookahead.ts';
import { Unreadable } from '../rows/fault.ts';

/** Attributes of an element by name. */
export type Attributes = Readonly<Record<string, string>>;

/** Takes what a document has, in its order. Names come without the prefix of their namespace: which one it is differs between programs. */
export interface XmlHandler {
  open(name: string, attributes: Attributes): void;
  close(name: string): void;
  text?(text: string): void;
}

/** Maximum number of characters of a tag or a text. A value of the largest size may have an escape for each character. */
const MAX_PIECE = 8 << 20;
/** Maximum nesting of elements. Those of a sheet are nested eight deep. */
const MAX_DEPTH = 100;

/**
 * Parses XML piece by piece: after each, what the handler has then can be taken. Throws Unreadable for what is not well-formed, for a document
 * type, which workbooks do not have and which may declare entities, and for what does not fit into memory; and any error of the bytes.
 */
export async function* parseXml(
  part: string,
  bytes: AsyncIterable<Uint8Array>,
  handler: XmlHandler,
): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  let depth = 0;
  /** Characters since the last event: the parser keeps them. */
  let kept = 0;
  const fail = (reason: string): never => {
    throw new Unreadable(`the workbook is damaged: ${part} ${reason}`);
  };
  parser.on('error', ({ message }) => fail(`is not XML: ${message}`));
  parser.on('doctype', () => fail('has a document type, which is not accepted'));
  parser.on('opentag', ({ name, attributes }) => {
    kept = 0;
    depth += 1;
    if (depth > MAX_DEPTH) fail(`has elements nested more than ${MAX_DEPTH} deep`);
    handler.open(localName(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    kept = 0;
    depth -= 1;
    handler.close(localName(name));
  });
  const onText = (text: string) => {
    kept = 0;
    handler.text?.(text);
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  const { text } = await decodeText(new Lookahead(bytes));
  for await (const piece of text) {
    kept += piece.length;
    parser.write(piece);
    if (kept > MAX_PIECE) fail('has a text or a tag that is too long');
    yield;
  }
  parser.close();
  yield;
}

/** Maximum size of a document that is kept in memory. That of a workbook with 64,000 styles, as many as Excel allows, is smaller. */
const MAX_SMALL_BYTES = 16 << 20;

/** Parses a small document to its end. Throws Unreadable if it isn't small. */
export async function parseWhole(part: string, bytes: AsyncIterable<Uint8Array>, handler: XmlHandler): Promise<void> {
  async function* limited(): AsyncGenerator<Uint8Array> {
    let size = 0;
    for await (const chunk of bytes) {
      size += chunk.length;
      if (size > MAX_SMALL_BYTES)
        throw new Unreadable(`the workbook is damaged: ${part} has more than ${MAX_SMALL_BYTES} bytes`);
      yield chunk;
    }
  }
  for await (const _ of parseXml(part, limited(), handler));
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Returns an attribute whatever the prefix of its namespace. */
export const attributeOf = (attributes: Attributes, name: string): string | undefined =>
  Object.entries(attributes).find(([key]) => localName(key) === name)?.[1];
