import type { Command } from './command-context.ts';

/**
 * The commands by name. A new one needs a file in this folder, an entry here, and a script in package.json. Each is
 * loaded only when it is called: loading the HTTP service would add a second to a command that only writes a file.
 */
export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./start.ts')).start,
  import: async () => (await import('./import.ts')).importRows,
  sync: async () => (await import('./sync.ts')).sync,
  export: async () => (await import('./export.ts')).exportRows,
  metrics: async () => (await import('./metrics.ts')).writeMetrics,
  generate: async () => (await import('./generate.ts')).generate,
  token: async () => (await import('./token.ts')).token,
  migrate: async () => (await import('./migrate.ts')).migrate,
  verify: async () => (await import('./verify.ts')).verify,
  audit: async () => (await import('./audit.ts')).readAudit,
  erase: async () => (await import('./erase.ts')).erasePeople,
  retain: async () => (await import('./retain.ts')).retainRows,
  backup: async () => (await import('./backup.ts')).backup,
  restore: async () => (await import('./restore.ts')).restoreBackup,
  distribute: async () => (await import('./distribute.ts')).distributeRows,
  schema: async () => (await import('./schema.ts')).schema,
};

/** Returns the usage text of all commands. */
export async function usage(): Promise<string> {
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()));
  const lines = commands.map((command) => `  npm run ${command.usage}\n      ${command.about}\n`);
  return `Usage: npm run COMMAND -- OPTIONS\n${lines.join('')}`;
}
