import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of an example, with a slash at its end. */
export const exampleFolder = (name: string): string =>
  fileURLToPath(new URL(`../../examples/${name}/`, import.meta.url));

/** Installs what an example's package-lock.json says, unless that is there, and builds it where it has a script for that. */
export function prepareExample(name: string, build: boolean): void {
  const folder = exampleFolder(name);
  const npm = (...args: string[]) => execFileSync('npm', args, { cwd: folder, stdio: 'pipe' });
  const installed = `${folder}node_modules/.package-lock.json`;
  if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(`${folder}package-lock.json`).mtimeMs)
    npm('ci', '--prefer-offline');
  if (build) npm('run', 'build');
}
