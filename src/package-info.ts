import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json, with `src` and `dist`. */
export const PROGRAM_FOLDER = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Version of the program, from package.json. */
export const PROGRAM_VERSION: string = JSON.parse(
  readFileSync(path.join(PROGRAM_FOLDER, 'package.json'), 'utf8'),
).version;

/** The folder of Prisma's migrations. */
export const MIGRATIONS = path.join(PROGRAM_FOLDER, 'prisma', 'migrations');
