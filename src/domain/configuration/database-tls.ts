import { accessSync, constants } from 'node:fs';
import { shown } from '../errors.ts';

/** What the driver knows; it takes `prefer`, `require` and `verify-ca` for `verify-full`, which is the strictest. */
const MODES = ['disable', 'no-verify', 'prefer', 'require', 'verify-ca', 'verify-full'];

const FILES = ['sslrootcert', 'sslcert', 'sslkey'];

/**
 * Checks the parameters of a database's URL that are about TLS. Throws an Error that names the parameter, its value and what would be right;
 * the driver would take an unknown mode for another, and a file that is missing for a bug.
 */
export function checkTls(parameters: URLSearchParams): void {
  for (const mode of parameters.getAll('sslmode'))
    if (!MODES.includes(mode)) throw new Error(`has ?sslmode=${shown(mode)}, which is none of ${MODES.join(', ')}`);
  for (const name of FILES)
    for (const file of parameters.getAll(name))
      if (!isReadable(file))
        throw new Error(`has ?${name}=${shown(file)}, a file that can’t be read; give the absolute path of a PEM file`);
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
