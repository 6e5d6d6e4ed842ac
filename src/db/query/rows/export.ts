import type { ExportFacts } from '../../../extract/details.ts';
import type { ExtractRequest } from '../../../extract/request.ts';
import { checkZone } from '../../metrics/known-zones.ts';
import type { Sql } from '../../sql.ts';
import { type CopySource, copyRows } from './copy-rows.ts';
import { readCreateTimes } from './create-times.ts';
import { measureExtent } from './extent.ts';
import { nextPageKeyset, rowsSql, sortKeys, withExactBound } from './extract-rows.ts';
import type { RangedRows } from './ranged-copy.ts';
import { selectedRows } from './selected-rows.ts';

/** A running export. */
export interface Export extends ExportFacts {
  /** The rows in COPY's text format, as `Format.encode` takes them. */
  readonly rows: AsyncGenerator<Buffer>;
  /** Returns the number of rows that the database has sent so far. */
  readonly countRows: () => number;
}

/**
 * Begins an export, as `copyRows` does. Errors: those of `copyRows`; BAD_USER_INPUT for a cursor whose keyset no longer exists, for a time
 * zone of evidence that the database does not know, and for rows that do not fit into the format.
 */
export function openExport(
  db: CopySource,
  request: ExtractRequest,
  signal: AbortSignal,
  stallTimeoutMs: number,
): Promise<Export> {
  return copyRows(db, signal, stallTimeoutMs, async ({ client, query, bind, inTime }) => {
    if (request.evidence) await inTime(checkZone(query, request.evidence.cell.period.timeZone));
    const exact = await inTime(withExactBound(query, request));
    const extent = await inTime(measureExtent(client, query, exact));
    const { output, limit } = request;
    const keys = sortKeys(request);
    const selected = (source: Sql) => `/* extract.rows */ ${selectedRows({ output, source, keys }, query)}`;
    const next = limit === null ? null : await inTime(nextPageKeyset(query, exact, limit));
    const ranged: RangedRows | null =
      query.distributed && limit === null
        ? {
            times: await inTime(readCreateTimes(query, exact.after)),
            rowsWhere: (condition, of) => selected(rowsSql(exact, of, 0, condition)),
          }
        : null;
    return { facts: { extent, next }, rows: selected(rowsSql(exact, bind)), ranged };
  });
}
