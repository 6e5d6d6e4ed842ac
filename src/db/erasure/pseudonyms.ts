/**
 * What the id of a person who was forgotten is replaced by: 128 bits of HMAC-SHA-256 (RFC 2104) over it, with the database's secret. The same
 * id is always replaced alike, so that counts stay; without the secret, or the right to import, nobody can find out whose it was, or recognise the
 * person in another database. The same value in the list of erasures makes later imports forget the person again.
 */
import { createHmac } from 'node:crypto';
import type { Person, PersonKind } from '../../domain/people.ts';
import type { Queryable } from '../migrations/migrations.ts';

/** Bytes of a block of SHA-256. */
const BLOCK = 64;

/** The secret of a database. */
export interface ErasureKey {
  readonly secret: Buffer;
}

/** Reads it. Errors: those of the database. */
export async function readErasureKey(client: Queryable): Promise<ErasureKey> {
  const { rows } = await client.query<ErasureKey>('/* erasure.key */ SELECT id_secret AS secret FROM dataset');
  const [key] = rows;
  if (!key) throw new Error('the dataset has no row');
  return key;
}

/** The text before an id that is hashed. It keeps it apart from everything else that is hashed with the secret. */
const before = (kind: PersonKind): string => `erased ${kind} `;

/** Returns the hash of a person, as a UUID. */
export const hashOf = (key: ErasureKey, { kind, id }: Person): string => hashOfText(key, `${before(kind)}${id}`);

/** Returns what tells lists of erasures of different databases apart. */
export const databaseMark = (key: ErasureKey): string => hashOfText(key, 'list of erasures');

function hashOfText({ secret }: ErasureKey, text: string): string {
  const hex = createHmac('sha256', secret).update(text).digest('hex');
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The parameters of `hmacSql` and `hashSql`: the secret, combined with the two constants of HMAC. */
export const hashParameters = ({ secret }: ErasureKey): [Buffer, Buffer] => [
  padded(secret, 0x36),
  padded(secret, 0x5c),
];

function padded(secret: Buffer, constant: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  secret.copy(block);
  return block.map((byte) => byte ^ constant) as Buffer;
}

/** Returns 32 hexadecimal digits of HMAC as SQL, with `hashParameters` as its parameters $1 and $2. `text`: what is hashed, as SQL. */
export const hmacSql = (text: string): string =>
  `encode(substring(sha256($2::bytea || sha256($1::bytea || convert_to(${text}, 'UTF8'))) FOR 16), 'hex')`;

/** Returns the hash of a person as SQL, with these parameters. `id`: the id as SQL, a text. */
export const hashSql = (kind: PersonKind, id: string): string => `${hmacSql(`'${before(kind)}' || ${id}`)}::uuid`;

/** Returns the ID that a person has instead. */
export const pseudonymOf = (kind: PersonKind, hash: string): string =>
  kind === 'CANDIDATE' ? hash : `erased-${hash.replaceAll('-', '')}`;

/** Returns the ID that an employee has instead, as SQL. `hash`: the hash as SQL. */
export const employeeIdSql = (hash: string): string => `'erased-' || replace(${hash}::text, '-', '')`;
