import type { Command } from './command-context.ts';

/**
 * Every command by its name. A new one is a file beside these, an entry here, and a script in package.json. Loaded when it is called: what
 * serves HTTP is a second of a program that only writes a file.
 */
export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./start.ts')).start,
  import: async () => (await import('./import.ts')).importRows,
  export: async () => (await import('./export.ts')).exportRows,
  generate: async () => (await import('./generate.ts')).generate,
  token: async () => (await import('./token.ts')).token,
  migrate: async () => (await import('./migrate.ts')).migrate,
  verify: async () => (await import('./verify.ts')).verify,
  backup: async () => (await import('./backup.ts')).backup,
  restore: async () => (await import('./restore.ts')).restoreBackup,
  schema: async () => (await import('./schema.ts')).schema,
};

/** What the program can do, for people. */
export async function usage(): Promise<string> {
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()));
  const lines = commands.map((command) => `  npm run ${command.usage}\n      ${command.about}\n`);
  return `Usage: npm run COMMAND -- OPTIONS\n${lines.join('')}`;
}
