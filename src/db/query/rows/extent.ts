import type pg from 'pg';
import { Failure, shown } from '../../../domain/errors.ts';
import type { ExportExtent, OutputColumn, SheetLimits } from '../../../extract/output-options.ts';
import type { ExtractRequest } from '../../../extract/request.ts';
import type { Layout } from '../../connection/layout.ts';
import { parameterList, withUsedParameters } from '../../sql.ts';
import { type RowSelection, unsortedRowsSql } from './extract-rows.ts';
import { selectedRows } from './selected-rows.ts';

/** What an export reads, with an exact keyset. */
type ExactRequest = Pick<ExtractRequest, 'format' | 'output'> & RowSelection;

/**
 * Measures the rows of an export, for a format with limits: in the same snapshot, so what fits here fits there. Lengths are read without
 * the texts: Postgres knows the bytes of each, and a text has no more UTF-16 code units than bytes. Null for formats without limits.
 * Errors: BAD_USER_INPUT for rows that do not fit; those of the database.
 */
export async function measureExtent(
  client: pg.ClientBase,
  layout: Layout,
  request: ExactRequest,
): Promise<ExportExtent | null> {
  const { limits } = request.format;
  if (limits === null) return null;
  const { parameters, bind } = parameterList(layout);
  const source = withUsedParameters(unsortedRowsSql(request, bind), parameters);
  const texts = textColumns(request);
  const bytes = texts.map(({ name }) => `octet_length(${name})`);
  const sum = bytes.map((each) => `coalesce(sum(${each}), 0)`).join(' + ') || '0';
  const { rows } = await client.query<{ rows: string; bytes: string; longest: number | null }>(
    `/* extract.extent */ SELECT count(*) AS rows, ${sum} AS bytes, max(greatest(${['0', ...bytes].join(', ')})) AS longest
     FROM (${selectedRows({ output: request.output, source: source.statement, keys: null }, layout)}) x(${namesOf(request)})`,
    source.parameters,
  );
  const [found] = rows;
  const extent = { rows: Number(found?.rows ?? 0), textBytes: Number(found?.bytes ?? 0) };
  const { format } = request;
  if (extent.rows > limits.rows)
    throw new Failure(
      'BAD_USER_INPUT',
      `format: ${extent.rows} rows do not fit into ${format.name}, whose sheets have at most ${limits.rows}; filter, set limit and read pages, or use format=csv.`,
    );
  if ((found?.longest ?? 0) > limits.cellLength) await refuseLongCell(client, layout, request, limits);
  return extent;
}

/** Refuses the first cell that is too long, if there is one: a text may have more bytes than code units. */
async function refuseLongCell(
  client: pg.ClientBase,
  layout: Layout,
  request: ExactRequest,
  { cellLength }: SheetLimits,
): Promise<void> {
  const { parameters, bind } = parameterList(layout);
  const source = withUsedParameters(unsortedRowsSql(request, bind), parameters);
  const cells = textColumns(request).map(({ field, name }) => `('${field.key}', ${name})`);
  // A character beyond U+FFFF has two code units.
  const units = `length(cell.value) + length(regexp_replace(cell.value, '[^\\U00010000-\\U0010FFFF]', '', 'g'))`;
  const { rows } = await client.query<{ interview: string; key: string; units: number }>(
    `/* extract.long_cell */ SELECT x.interview, cell.key, ${units} AS units
     FROM (${selectedRows({ output: request.output, source: source.statement, keys: null, more: ', a.interview_id' }, layout)}) x(${namesOf(request)}, interview)
       CROSS JOIN LATERAL (VALUES ${cells.join(', ')}) cell(key, value)
     WHERE octet_length(cell.value) > ${cellLength} AND ${units} > ${cellLength} ORDER BY x.interview, cell.key LIMIT 1`,
    source.parameters,
  );
  const [found] = rows;
  if (!found) return;
  throw new Failure(
    'BAD_USER_INPUT',
    `format: ${found.key} of the interview ${shown(found.interview)} has ${found.units} characters, and a cell of ${request.format.name} has at most ${cellLength}; leave the field out with fields, filter, or use format=csv.`,
  );
}

/** The columns of the select list by name; those of texts, whose length is not limited, with their fields. */
const namesOf = ({ output }: ExactRequest): string => output.fields.map((_, at) => columnName(at)).join(', ');

const columnName = (at: number): string => `c${at + 1}`;

const textColumns = ({ output }: ExactRequest): { readonly field: OutputColumn; readonly name: string }[] =>
  output.fields.flatMap((field, at) =>
    field.kind === 'text' && (output.personal || !field.personal) ? [{ field, name: columnName(at) }] : [],
  );
