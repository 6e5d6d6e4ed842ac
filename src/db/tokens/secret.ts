import { createHash, randomInt } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const LENGTH = 32;

/** Returns a new token: 32 random letters and digits (190 bits). */
export const newSecret = (): string =>
  Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

/** Returns what is stored of a token: its SHA-256. */
export const hashOfSecret = (secret: string) => new Uint8Array(createHash('sha256').update(secret).digest());
