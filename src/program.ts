import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json: `src` and `dist` stand in it. */
export const PROGRAM_FOLDER = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** The version of the program, for what must change with it. */
export const PROGRAM_VERSION: string = JSON.parse(
  readFileSync(path.join(PROGRAM_FOLDER, 'package.json'), 'utf8'),
).version;

/** Prisma's migrations, which stand beside the program. */
export const MIGRATIONS = path.join(PROGRAM_FOLDER, 'prisma', 'migrations');
