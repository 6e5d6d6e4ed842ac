import { readFileSync } from 'node:fs';
import { Failure, shown } from '../../domain/errors.ts';
import type { Documents } from '../operation/document.ts';

/** The maximum number of listed faults; further ones are only counted. */
const MAX_LISTED = 20;

/** The prefix of an ID that is the SHA-256 of its operation (GraphQL over HTTP, "Persisted Documents"). */
export const SHA256 = 'sha256:';

/** Returns the ID without this prefix. */
export const bareId = (id: string): string => (id.startsWith(SHA256) ? id.slice(SHA256.length) : id);

/**
 * Reads a file of operations by bare ID, in the format of GraphQL Code Generator's client preset and of Relay's compiler.
 * Errors: BAD_CONFIGURATION, naming the file and its fault.
 */
export function readOperations(file: string, documents: Documents): ReadonlyMap<string, string> {
  const fault = (what: string): never => {
    throw new Failure('BAD_CONFIGURATION', `PERSISTED_OPERATIONS: ${file} ${what}`);
  };
  const listed = listedIn(file, fault);
  const operations = new Map<string, string>();
  const faults = listed.flatMap(([id, text]) => {
    const message = typeof text === 'string' ? documents.faultOf(text)?.message : 'It is not a string.';
    if (message !== undefined || typeof text !== 'string') return [`  ${shown(id)}: ${message}`];
    const duplicate = operations.get(bareId(id));
    operations.set(bareId(id), text);
    return duplicate === undefined || duplicate === text
      ? []
      : [`  ${shown(id)}: It appears with and without ${SHA256}.`];
  });
  if (faults.length > MAX_LISTED) faults.splice(MAX_LISTED, faults.length, `  and ${faults.length - MAX_LISTED} more`);
  if (faults.length > 0) fault(`has operations that can’t be executed:\n${faults.join('\n')}`);
  return operations;
}

function listedIn(file: string, fault: (what: string) => never): [id: string, text: unknown][] {
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return fault(`can’t be read: ${error instanceof Error ? error.message : error}.`);
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    return fault(`is not JSON: ${error instanceof Error ? error.message : error}.`);
  }
  if (content === null || typeof content !== 'object' || Array.isArray(content))
    return fault('must be one JSON object: {"<id>": "<operation>", …}.');
  return Object.entries(content);
}
