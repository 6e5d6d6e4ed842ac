import type { IncomingHttpHeaders } from 'node:http';
import { Failure, shown } from '../../domain/errors.ts';
import { checkNames, type QueryParameters } from '../../domain/parameters.ts';
import { parseDatePattern } from '../../domain/values/date-pattern.ts';
import type { ImportOptions } from '../../ingest/import/import-extract.ts';

const SWITCHES = ['skipInvalid', 'replaceAll', 'allowRemovals', 'allowMissingColumns', 'dryRun'] as const;
const IMPORT_PARAMETERS = [...SWITCHES, 'dateFormat'] as const;
export type ImportParameter = (typeof IMPORT_PARAMETERS)[number];

const MEDIA_TYPES: readonly string[] = ['text/csv', 'application/json', 'application/x-ndjson'];

const badParameter = (message: string): Failure => new Failure('BAD_USER_INPUT', message);

/**
 * Returns the import options from the query parameters (docs/contract.md, "Import over HTTP"). Errors: BAD_USER_INPUT.
 */
export function readImportOptions(parameters: QueryParameters, maxRemovalsPercent: number): ImportOptions {
  checkNames(parameters, IMPORT_PARAMETERS);
  const isOn = (name: (typeof SWITCHES)[number]): boolean => {
    const text = parameters.get(name)?.[0] ?? 'false';
    if (text !== 'true' && text !== 'false')
      throw badParameter(`${name}: ${shown(text)} is not accepted; accepted are true, false.`);
    return text === 'true';
  };
  const pattern = parameters.get('dateFormat')?.[0];
  return {
    skipInvalid: isOn('skipInvalid'),
    replaceAll: isOn('replaceAll'),
    maxRemovalsPercent: isOn('allowRemovals') ? null : maxRemovalsPercent,
    allowMissingColumns: isOn('allowMissingColumns'),
    dryRun: isOn('dryRun'),
    dateFormat: pattern === undefined ? null : parseDatePattern(pattern),
    sample: false,
  };
}

/**
 * Checks the type of the body. Errors: UNSUPPORTED_MEDIA_TYPE for another media type, or a content coding other than
 * gzip.
 */
export function checkBodyType(headers: IncomingHttpHeaders): void {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!MEDIA_TYPES.includes(type))
    throw new Failure(
      'UNSUPPORTED_MEDIA_TYPE',
      `Content-Type: ${shown(type)} is not accepted; send ${MEDIA_TYPES.join(', ')}.`,
    );
  const coding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (!['identity', 'gzip', 'x-gzip'].includes(coding))
    throw new Failure(
      'UNSUPPORTED_MEDIA_TYPE',
      `Content-Encoding: ${shown(coding)} is not accepted; send the body uncompressed or as gzip.`,
    );
}
