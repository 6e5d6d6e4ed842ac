import { Failure, shown } from '../domain/errors.ts';
import { csv } from './csv.ts';
import { json, ndjson } from './json.ts';
import type { Format } from './output-options.ts';
import { xlsx } from './xlsx/xlsx.ts';

/** All formats of the extract, the default first. A new format is a file in this folder and an entry here. */
export const FORMATS: readonly Format[] = [json, csv, ndjson, xlsx];

/** Returns the format with this name. Errors: BAD_USER_INPUT, listing all formats. */
export function formatNamed(name: string): Format {
  const format = FORMATS.find((candidate) => candidate.name === name);
  if (format) return format;
  const names = FORMATS.map((candidate) => candidate.name).join(', ');
  throw new Failure('BAD_USER_INPUT', `format: ${shown(name)} is not a format; accepted are ${names}.`);
}
