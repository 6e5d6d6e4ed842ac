/** The file with the list of all erasures, outside of the database: an older backup doesn't know of those that came later. */
import { open } from 'node:fs/promises';
import type { ListedErasure } from '../../db/erasure/list.ts';
import { Failure, shown } from '../../domain/errors.ts';
import { UUID_FORM } from '../../domain/values/cells.ts';
import { brokenLink, writeFileAtomically } from './output.ts';

/** Only hashes are in it, but nobody else needs them. */
const MODE = 0o600;

/** Maximum size in bytes: about 400,000 erasures. */
const MAX_BYTES = 64 << 20;

/** Takes the list of a database's erasures, and writes it to a file. */
interface ErasuresFile {
  /** Errors: BAD_USER_INPUT if the file can't be read or written, is no such list, or that of another database. */
  readonly keep: (list: readonly ListedErasure[]) => Promise<void>;
}

/** Returns what keeps the list in a file, beside what is in it already. `file`: its path; null: it is kept nowhere. */
export const erasuresFile = (file: string | null): ErasuresFile => ({
  async keep(list) {
    if (file === null) return;
    const former = await readErasuresFile(file, 'ERASURES_FILE', []);
    const [other] = former.filter(({ database }) => list.some((erasure) => erasure.database !== database));
    if (other)
      throw refusal('ERASURES_FILE', file, 'has the erasures of another database; name a file of its own for each');
    const all = new Map([...former, ...list].map((erasure) => [`${erasure.kind} ${erasure.hash}`, erasure]));
    await writeFileAtomically(
      [...all.values()].map((erasure) => `${JSON.stringify(erasure)}\n`),
      file,
      { mode: MODE },
    );
  },
});

const refusal = (name: string, file: string, problem: string, cause?: unknown): Failure =>
  new Failure('BAD_USER_INPUT', `${name}: ${shown(file)} ${problem}.`, { cause });

/**
 * Reads such a file. `name`: that of the option or setting, for errors. `ifMissing`: what a file that doesn't exist has; by default it is
 * refused. Errors: BAD_USER_INPUT if it can't be read, or is no such list.
 */
export async function readErasuresFile<None = never>(
  file: string,
  name: string,
  ifMissing?: None,
): Promise<ListedErasure[] | None> {
  const unreadable = (error: NodeJS.ErrnoException) => refusal(name, file, `can’t be read (${error.code})`, error);
  const handle = await open(file).catch(async (error) => {
    // The list is elsewhere then, and not empty.
    const broken = await brokenLink(file);
    if (broken !== null) throw refusal(name, file, broken);
    if (ifMissing !== undefined && error.code === 'ENOENT') return null;
    throw unreadable(error);
  });
  if (handle === null) return ifMissing as None;
  try {
    const { size } = await handle.stat();
    if (size > MAX_BYTES)
      throw refusal(
        name,
        file,
        `has ${size.toLocaleString('en')} bytes; a list of erasures has at most ${MAX_BYTES.toLocaleString('en')}`,
      );
    const text = await handle.readFile('utf8').catch((error) => {
      throw unreadable(error);
    });
    return text
      .split('\n')
      .flatMap((line, index) => (line.trim() === '' ? [] : [readErasure(line) ?? index + 1]))
      .map((erasure) => {
        if (typeof erasure !== 'number') return erasure;
        throw refusal(name, file, `is no list of erasures: line ${erasure} is not one that \`npm run erase\` wrote`);
      });
  } finally {
    await handle.close();
  }
}

/** Returns the erasure of a line; null if it is none. */
function readErasure(line: string): ListedErasure | null {
  try {
    const { kind, hash, erasedAt, database } = JSON.parse(line);
    const known = kind === 'CANDIDATE' || kind === 'EMPLOYEE';
    const valid = known && UUID_FORM.test(hash) && UUID_FORM.test(database) && !Number.isNaN(Date.parse(erasedAt));
    return valid ? { kind, hash, erasedAt, database } : null;
  } catch {
    return null;
  }
}
