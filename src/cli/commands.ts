import type { Command } from './command.ts';
import { exportRows } from './export.ts';
import { generate } from './generate.ts';
import { importRows } from './import.ts';
import { migrate } from './migrate.ts';
import { schema } from './schema.ts';
import { start } from './start.ts';
import { token } from './token.ts';
import { verify } from './verify.ts';

/** Every command by its name. A new one is a file beside these, an entry here, and a script in package.json. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  start,
  import: importRows,
  export: exportRows,
  generate,
  token,
  migrate,
  verify,
  schema,
};

/** What the program can do, for people. */
export const usage = (): string =>
  `Usage: npm run COMMAND -- OPTIONS\n${Object.values(COMMANDS)
    .map((command) => `  npm run ${command.usage}\n      ${command.about}\n`)
    .join('')}`;
