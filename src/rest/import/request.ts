import type { IncomingHttpHeaders } from 'node:http';
import { Failure, shown } from '../../domain/errors.ts';
import { readAsOf } from '../../domain/import/as-of.ts';
import { QUERY_PARAMETERS } from '../../domain/import/option-names.ts';
import { checkNames, type QueryParameters, restoreOffsetSign } from '../../domain/parameters.ts';
import { parseDatePattern } from '../../domain/values/date-pattern.ts';
import { readDecimalSign } from '../../domain/values/signs.ts';
import { DEFAULT_IMPORT, type ImportOptions } from '../../ingest/import/import-extract.ts';

const SWITCHES = [
  'skipInvalid',
  'replaceAll',
  'allowRemovals',
  'allowMissingColumns',
  'keepIds',
  'excel',
  'dryRun',
] as const;
const IMPORT_PARAMETERS = [...SWITCHES, 'dateFormat', 'decimal', 'asOf'] as const;
/** Parameters that may occur several times. */
const REPEATABLE = ['null'] as const;
export type ImportParameter = (typeof IMPORT_PARAMETERS)[number] | (typeof REPEATABLE)[number];

/** The parameters of an import of names. */
export const NAMES_PARAMETERS = ['dryRun', 'excel', 'null'] as const satisfies readonly ImportParameter[];

/** Returns whether a parameter is on. Errors: BAD_USER_INPUT. */
function isOn(parameters: QueryParameters, name: (typeof SWITCHES)[number]): boolean {
  const text = parameters.get(name)?.[0] ?? 'false';
  if (text !== 'true' && text !== 'false')
    throw new Failure('BAD_USER_INPUT', `${name}: ${shown(text)} is not accepted; accepted are true, false.`);
  return text === 'true';
}

/** Whether the body is the CSV for Excel; null if its byte order mark tells. Errors: BAD_USER_INPUT. */
const excelOf = (parameters: QueryParameters): boolean | null =>
  parameters.has('excel') ? isOn(parameters, 'excel') : null;

/**
 * Returns the import options from the query parameters (docs/contract.md, "Import over HTTP"). Errors: BAD_USER_INPUT.
 */
export function readImportOptions(parameters: QueryParameters, maxRemovalsPercent: number): ImportOptions {
  checkNames(parameters, IMPORT_PARAMETERS, REPEATABLE);
  const pattern = parameters.get('dateFormat')?.[0];
  const asOf = parameters.get('asOf')?.[0];
  return {
    skipInvalid: isOn(parameters, 'skipInvalid'),
    replaceAll: isOn(parameters, 'replaceAll'),
    maxRemovalsPercent: isOn(parameters, 'allowRemovals') ? null : maxRemovalsPercent,
    allowMissingColumns: isOn(parameters, 'allowMissingColumns'),
    keepIds: isOn(parameters, 'keepIds'),
    excel: excelOf(parameters),
    dryRun: isOn(parameters, 'dryRun'),
    dateFormat: pattern === undefined ? null : parseDatePattern(pattern),
    decimal: readDecimalSign(parameters.get('decimal')?.[0], 'decimal'),
    nulls: new Set(parameters.get('null')),
    asOf: readAsOf(asOf && restoreOffsetSign(asOf), 'asOf', Date.now()),
    optionNames: QUERY_PARAMETERS,
    sample: false,
  };
}

/** Returns the options of an import of names. Errors: BAD_USER_INPUT. */
export function readNamesOptions(parameters: QueryParameters): ImportOptions {
  checkNames(parameters, ['dryRun', 'excel'], REPEATABLE);
  return {
    ...DEFAULT_IMPORT,
    dryRun: isOn(parameters, 'dryRun'),
    excel: excelOf(parameters),
    nulls: new Set(parameters.get('null')),
    optionNames: QUERY_PARAMETERS,
  };
}

/**
 * Checks how the body is sent; its content tells what it is, because what people send files with often says otherwise or nothing. Errors:
 * UNSUPPORTED_MEDIA_TYPE for the body of a form, in which the file is only a part, and for a content coding other than gzip.
 */
export function checkBodyType(headers: IncomingHttpHeaders): void {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type.startsWith('multipart/'))
    throw new Failure(
      'UNSUPPORTED_MEDIA_TYPE',
      `Content-Type: ${shown(type)} is not accepted; send the file itself as the body (curl --data-binary @FILE), not a form.`,
    );
  const coding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (!['identity', 'gzip', 'x-gzip'].includes(coding))
    throw new Failure(
      'UNSUPPORTED_MEDIA_TYPE',
      `Content-Encoding: ${shown(coding)} is not accepted; send the body uncompressed or as gzip.`,
    );
}
