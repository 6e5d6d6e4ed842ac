import { shown } from '../../domain/errors.ts';
import { copyString } from '../../domain/values/copy-string.ts';
import { fieldIndexOf } from '../rows/columns.ts';
import { shortText, Unreadable } from '../rows/fault.ts';

/** A key of an object. */
export interface Member {
  readonly key: string;
  /** The index in FIELDS of the field that the key names; -1 if none. */
  readonly fieldIndex: number;
}

/** The member of a value that has no key. */
export const NO_MEMBER: Member = { key: '', fieldIndex: -1 };

/** Limits of the key cache: number and length of its spellings. A file with ever new keys must not fill the memory. */
const MAX_CACHED_KEYS = { spellings: 1000, characters: 80 };

/** Finds the fields that keys name. Each spelling is looked up once. */
export class Members {
  readonly #known = new Map<string, Member>();

  /** Returns the member of a key. */
  of(key: string): Member {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const member = { key, fieldIndex: fieldIndexOf(key) };
    if (member.fieldIndex === -1 || key.length > MAX_CACHED_KEYS.characters) return member;
    const kept = { ...member, key: copyString(key) };
    if (this.#known.size < MAX_CACHED_KEYS.spellings) this.#known.set(kept.key, kept);
    return kept;
  }
}

/** Cuts an unknown key if it is long. */
export const shortKey = (key: string): string => (key.length > MAX_CACHED_KEYS.characters ? shortText(key) : key);

/** Returns the error of a member whose value, or whose record, is too large. It names the field or the unknown key. */
export function tooLarge(reason: string, { key, fieldIndex }: Member): Unreadable {
  if (fieldIndex !== -1) return new Unreadable(reason, null, fieldIndex);
  return new Unreadable(key === '' ? reason : `${reason} (the value of ${shown(key)})`);
}
