import { closeSync, constants, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { Socket } from 'node:net';
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
      texts[name] = readSecretFile(file);
      sources.set(name, { variable, file });
    } catch (error) {
      faults.push(`${variable}: ${error instanceof Error ? error.message : error}`);
    }
  }
  return { texts, sources, faults };
}

/**
 * Returns the secret in a regular file, without the white space around it. Throws an Error that says what is right, and never quotes the
 * secret.
 */
export function readSecretFile(file: string): string {
  const { descriptor, isPipe } = openSecret(file);
  try {
    // It can be read only once, and its writer may take any time.
    if (isPipe) throw new Error(`${shown(file)} must be a regular file`);
    return textOf(readFileSync(descriptor), file);
  } finally {
    closeSync(descriptor);
  }
}

/** Returns the secret in a regular file or, for what is read only once, in a pipe such as bash’s `<(…)`. Errors: as above. */
export async function readSecretOnce(file: string): Promise<string> {
  const { descriptor, isPipe } = openSecret(file);
  if (!isPipe) {
    closeSync(descriptor);
    return readSecretFile(file);
  }
  const first = readNow(descriptor);
  if (first?.length === 0) {
    closeSync(descriptor);
    return textOf(first, file);
  }
  const chunks = first ? [first] : [];
  let bytes = first?.length ?? 0;
  for await (const chunk of new Socket({ fd: descriptor, readable: true, writable: false })) {
    bytes += chunk.length;
    if (bytes > MAX_SECRET_BYTES) throw tooLarge(file, `more than ${MAX_SECRET_BYTES.toLocaleString('en')}`);
    chunks.push(chunk);
  }
  return textOf(Buffer.concat(chunks), file);
}

/** Returns what is in a pipe now: nothing, at its end or without a writer, for which a Socket would wait; null while a writer is silent. */
function readNow(descriptor: number): Buffer | null {
  const buffer = Buffer.alloc(MAX_SECRET_BYTES);
  try {
    return buffer.subarray(0, readSync(descriptor, buffer));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return null;
    throw error;
  }
}

/** Opens a file that can hold a secret. The caller closes it. */
function openSecret(file: string): { readonly descriptor: number; readonly isPipe: boolean } {
  let descriptor: number;
  try {
    // A pipe without a writer would hold this up for ever.
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw new Error(`${shown(file)} can’t be read: ${(error as NodeJS.ErrnoException).code ?? error}`);
  }
  try {
    const status = fstatSync(descriptor);
    const isPipe = status.isFIFO();
    if (!status.isFile() && !isPipe) throw new Error(`${shown(file)} must be a regular file`);
    if (status.size > MAX_SECRET_BYTES) throw tooLarge(file, status.size.toLocaleString('en'));
    return { descriptor, isPipe };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

const tooLarge = (file: string, bytes: string): Error =>
  new Error(`${shown(file)} has ${bytes} bytes; a secret has at most ${MAX_SECRET_BYTES.toLocaleString('en')}`);

function textOf(bytes: Uint8Array, file: string): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim();
  } catch {
    throw new Error(`${shown(file)} must be UTF-8 text`);
  }
  if (text === '') throw new Error(`${shown(file)} is empty; it must hold the secret`);
  return text;
}
