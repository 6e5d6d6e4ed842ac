import { AUDIT_FILTERS, type AuditFilter, readAuditFilter } from '../../domain/audit/filter.ts';
import { Failure, shown } from '../../domain/errors.ts';
import { checkNames, type QueryParameters } from '../../domain/parameters.ts';
import { FORM_PARAMETERS, readForm } from '../document-form.ts';
import { FORMATS } from '../formats.ts';
import type { DocumentForm, ExportDetails, Format } from '../output-options.ts';
import { AUDIT_COLUMNS } from './columns.ts';

/** A download of the audit log. */
export interface AuditDownload {
  readonly format: Format;
  readonly form: DocumentForm;
  readonly filter: AuditFilter;
  /** The maximum number of entries, the newest; null: all. */
  readonly limit: number | null;
}

/** The parameters of a download, each of which may occur once. */
export const AUDIT_PARAMETERS: readonly string[] = [...AUDIT_FILTERS, 'limit', ...FORM_PARAMETERS];

/** The formats; a workbook has too few rows. */
export const AUDIT_FORMATS: readonly Format[] = FORMATS.filter(({ limits }) => limits === null);

/** The maximum of `limit`. */
const MAX_LIMIT = 10_000_000;

/**
 * Reads the parameters of a download. `fallback` returns the format if they name none; `now`: in milliseconds since 1970. Errors: BAD_USER_INPUT,
 * naming the parameter, its value and what is accepted; any error of `fallback`.
 */
export function readAuditDownload(parameters: QueryParameters, fallback: () => Format, now: number): AuditDownload {
  checkNames(parameters, AUDIT_PARAMETERS);
  const { format, ...form } = readForm(parameters, fallback);
  if (!AUDIT_FORMATS.includes(format))
    throw new Failure(
      'BAD_USER_INPUT',
      `format: ${shown(format.name)} is not accepted here; accepted are ${AUDIT_FORMATS.map(({ name }) => name).join(', ')}.`,
    );
  return {
    format,
    form: { ...form, fields: AUDIT_COLUMNS, dates: null, personal: true },
    filter: readAuditFilter((name) => parameters.get(name)?.[0], now),
    limit: limitOf(parameters.get('limit')?.[0]),
  };
}

function limitOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const limit = /^\d{1,8}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw new Failure(
    'BAD_USER_INPUT',
    `limit: ${shown(text)} is not accepted; it is a whole number from 1 to ${MAX_LIMIT}.`,
  );
}

/** Returns the document of a download in chunks. `rows`: in COPY's text format; `program`: the version of the program. Errors: those of the rows. */
export const auditDocument = (
  { format, form, limit }: AuditDownload,
  { rows, version }: { readonly rows: AsyncGenerator<Buffer>; readonly version: string },
  program: string,
): AsyncGenerator<Buffer> => {
  const details: ExportDetails = {
    ...{ program, version, exportedAt: new Date(), filters: [], limit, extent: null },
    ...{ isContinued: false, hasMore: false, isRestricted: false },
  };
  return format.encode(form, rows, details);
};
