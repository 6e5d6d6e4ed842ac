/** Searches for texts in the files of a database server, as whoever gets hold of its disk would. */
import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';

const BLOCK = 1 << 20;

/** Bytes in which a text may stand in a file, by the name under which a test knows it. */
export type Needles = ReadonlyMap<string, Buffer>;

/** Returns the names of the needles that are in a file. A file that is gone meanwhile has none. */
async function inFile(file: string, needles: Needles): Promise<string[]> {
  const handle = await open(file).catch(() => null);
  if (handle === null) return [];
  const overlap = Math.max(...Array.from(needles.values(), ({ length }) => length)) - 1;
  const found = new Set<string>();
  try {
    const block = Buffer.alloc(BLOCK + overlap);
    for (let position = 0; ; position += BLOCK) {
      const { bytesRead } = await handle.read(block, 0, block.length, position);
      const read = block.subarray(0, bytesRead);
      for (const [name, needle] of needles) if (read.includes(needle)) found.add(name);
      if (bytesRead < block.length) return [...found];
    }
  } finally {
    await handle.close();
  }
}

/** Returns what was found below a folder, as `file: name`. `skip`: returns whether to leave a file or folder out, by its path in the folder. */
export async function rawSearch(folder: string, needles: Needles, skip: (file: string) => boolean): Promise<string[]> {
  const found: string[] = [];
  const search = async (within: string): Promise<void> => {
    for (const entry of await readdir(path.join(folder, within), { withFileTypes: true })) {
      const file = path.join(within, entry.name);
      if (skip(file)) continue;
      if (entry.isDirectory()) await search(file);
      else if (entry.isFile())
        for (const name of await inFile(path.join(folder, file), needles)) found.push(`${file}: ${name}`);
    }
  };
  await search('');
  return found.sort();
}

/** Whether this process may read the files of a folder. */
export const isReadable = async (folder: string): Promise<boolean> =>
  (await stat(path.join(folder, 'base')).catch(() => null)) !== null;
