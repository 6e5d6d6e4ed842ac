import { MAX_RECORD_BYTES } from '../../domain/import/record-limits.ts';
import { Unreadable } from '../rows/fault.ts';
import { tooLargeRecord } from '../rows/limits.ts';

/** An escape of a UTF-16 code unit that XML cannot hold (ECMA-376-1, 22.9.2.19). */
const ESCAPE = /_x([0-9A-Fa-f]{4})_/g;

/** Replaces the escapes of a text. */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(ESCAPE, (_, unit: string) => String.fromCharCode(Number.parseInt(unit, 16)))
    : text;

/** Reads the text of a cell or a shared string: its runs joined, without the phonetic ones (ECMA-376-1, 18.4). */
export class TextReader {
  #text = '';
  #isText = false;
  #isPhonetic = false;

  begin(): void {
    this.#text = '';
    this.#isText = false;
    this.#isPhonetic = false;
  }

  open(name: string): void {
    if (name === 't') this.#isText = true;
    else if (name === 'rPh') this.#isPhonetic = true;
  }

  close(name: string): void {
    if (name === 't') this.#isText = false;
    else if (name === 'rPh') this.#isPhonetic = false;
  }

  /** Throws Unreadable for a text that no record may have. */
  text(text: string): void {
    if (!this.#isText || this.#isPhonetic) return;
    this.#text += text;
    if (this.#text.length > MAX_RECORD_BYTES) throw new Unreadable(tooLargeRecord(MAX_RECORD_BYTES + 1, false));
  }

  end(): string {
    return unescaped(this.#text);
  }
}
