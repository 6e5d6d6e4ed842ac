import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { shown } from './domain/errors.ts';

/** Maximum size of the file of a secret, in bytes. */
const MAX_SECRET_BYTES = 16_384;

/** The secrets that stand in files. */
interface SecretsOfFiles {
  /** The text of each, by the name of its setting. */
  readonly texts: Readonly<Record<string, string>>;
  /** The variable that named its file and the file, for messages. */
  readonly sources: ReadonlyMap<string, { readonly variable: string; readonly file: string }>;
  readonly faults: readonly string[];
}

/**
 * Reads the files that `NAME_FILE` names for settings NAME whose value is secret: Docker, Kubernetes and systemd hand secrets over like this,
 * since the environment of a process shows in too many places. Each fault begins with the variable and never quotes a secret.
 */
export function readSecretFiles(env: NodeJS.ProcessEnv, names: readonly string[]): SecretsOfFiles {
  const texts: Record<string, string> = {};
  const sources = new Map<string, { variable: string; file: string }>();
  const faults: string[] = [];
  for (const name of names) {
    const variable = `${name}_FILE`;
    const file = env[variable]?.trim() ?? '';
    if (file === '') continue;
    try {
      if (env[name]?.trim()) throw new Error(`can’t be combined with ${name}; remove one of them`);
      // Whoever wrote the secret itself here must not find it in a message.
      if (!path.isAbsolute(file)) throw new Error('must be an absolute path, such as /run/secrets/name');
      texts[name] = readSecret(file);
      sources.set(name, { variable, file });
    } catch (error) {
      faults.push(`${variable}: ${error instanceof Error ? error.message : error}`);
    }
  }
  return { texts, sources, faults };
}

/** Returns the text of a file without the white space around it. Throws an Error that says what is right. */
function readSecret(file: string): string {
  const bytes = readSmallFile(file);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim();
  } catch {
    throw new Error(`${shown(file)} must be UTF-8 text`);
  }
  if (text === '') throw new Error(`${shown(file)} is empty; it must hold the secret`);
  return text;
}

function readSmallFile(file: string): Uint8Array {
  let descriptor: number;
  try {
    // A pipe without a writer would hold up the start for ever.
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw new Error(`${shown(file)} can’t be read: ${(error as NodeJS.ErrnoException).code ?? error}`);
  }
  try {
    const status = fstatSync(descriptor);
    if (!status.isFile()) throw new Error(`${shown(file)} must be a regular file`);
    if (status.size > MAX_SECRET_BYTES)
      throw new Error(
        `${shown(file)} has ${status.size.toLocaleString('en')} bytes; a secret has at most ${MAX_SECRET_BYTES.toLocaleString('en')}`,
      );
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
