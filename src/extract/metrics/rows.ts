import { completenessAt } from '../../domain/calendar/complete.ts';
import { bucketName } from '../../domain/calendar/names.ts';
import { nextStart } from '../../domain/calendar/units.ts';
import { Failure } from '../../domain/errors.ts';
import { evidenceAddress } from '../../domain/metrics/evidence-address.ts';
import { unreachable } from '../../domain/types/unreachable.ts';
import { NEEDS_FORMULA_GUARD } from '../../domain/values/formula-guard.ts';
import type { RequestedForm } from '../document-form.ts';
import type { MetricColumn } from './columns.ts';
import type { ResolvedDownload } from './request.ts';

/** A group, or the total: its keys, its values, and those of the period compared with. */
export interface MetricsRow {
  readonly keys: readonly (string | null)[];
  readonly values: readonly (number | Date | null)[];
  readonly previous: readonly (number | Date | null)[] | null;
  readonly names?: readonly (string | null)[];
}

/** A value as it is shown. */
export type Cell = string | number | boolean | null;

/**
 * Returns the rows as a COPY in text format would have them, for the formats: the groups in batches, then the total. Errors: those of the
 * batches; BAD_USER_INPUT for a text that is longer than a cell of the format.
 */
export async function* metricRows(
  form: RequestedForm,
  download: ResolvedDownload,
  batches: AsyncIterable<readonly MetricsRow[]>,
  total: MetricsRow | null,
): AsyncGenerator<Buffer> {
  const { columns } = download.columns;
  const cellOf = cellReader(download);
  const line = (row: MetricsRow, isTotal: boolean): string =>
    `${columns.map((column) => copyText(textOf(column, cellOf(column, row, isTotal), form))).join('\t')}\n`;
  for await (const rows of batches) yield Buffer.from(rows.map((row) => line(row, false)).join(''));
  if (total) yield Buffer.from(line(total, true));
}

/** Returns what reads the cell of a column. */
export function cellReader({ resolved, groups, filterTexts }: ResolvedDownload) {
  const { groupBy } = groups;
  const { period, at, unit } = resolved;
  const isComplete = completenessAt(period, at);
  const firstDayOf = ({ keys }: MetricsRow, isTotal: boolean): string | null =>
    isTotal ? period.from : unit === null ? null : (keys[groupBy.indexOf(unit)] ?? null);
  return ({ source }: MetricColumn, row: MetricsRow, isTotal: boolean): Cell => {
    switch (source.of) {
      case 'isTotal':
        return isTotal;
      case 'key': {
        const key = row.keys[source.index] ?? null;
        return key !== null && unit !== null && groupBy[source.index] === unit
          ? bucketName(key, unit, period.weekStart)
          : key;
      }
      case 'name':
        return row.names?.[source.index] ?? null;
      case 'firstDay':
        return firstDayOf(row, isTotal);
      case 'complete': {
        if (isTotal) return isComplete(period);
        const from = firstDayOf(row, isTotal);
        return from === null || unit === null
          ? null
          : isComplete({ from, to: nextStart(from, unit, period.weekStart) });
      }
      case 'value':
        return numberOf(row.values[source.value]);
      case 'previous':
        return numberOf(row.previous?.[source.value]);
      case 'evidence':
        return isTotal
          ? evidenceAddress({ ...groups, groupBy: [] }, [], source.metric, filterTexts)
          : evidenceAddress(groups, row.keys, source.metric, filterTexts);
      default:
        return unreachable(source);
    }
  };
}

/** No metric of a name is a point in time. */
const numberOf = (value: number | Date | null | undefined): number | null => (typeof value === 'number' ? value : null);

/** Digits that a spreadsheet keeps of a number. */
const SHEET_DIGITS = 15;

/** Returns a cell as its format has it, before it is escaped. */
function textOf(
  { key, kind }: MetricColumn,
  cell: Cell,
  { format, excel, decimalComma }: RequestedForm,
): string | null {
  if (cell === null) return null;
  if (typeof cell === 'boolean') return String(cell);
  if (typeof cell === 'number') {
    const text = decimal(format.limits === null ? cell : Number(cell.toPrecision(SHEET_DIGITS)));
    return decimalComma ? text.replace('.', ',') : text;
  }
  if (format.limits !== null && cell.length > format.limits.cellLength)
    throw new Failure(
      'BAD_USER_INPUT',
      `format: ${key} has a value of ${cell.length} characters, and a cell of ${format.name} has at most ${format.limits.cellLength}; filter, or use format=csv.`,
    );
  return excel && (kind === 'text' || kind === 'identifier') && NEEDS_FORMULA_GUARD.test(cell) ? `'${cell}` : cell;
}

/** The most digits that toFixed writes. */
const MAX_FIXED_DIGITS = 100;

/** Writes a number without an exponent. */
export function decimal(value: number): string {
  const text = String(value);
  const [, exponent] = /e([+-]\d+)$/.exec(text) ?? [];
  if (exponent === undefined) return text;
  if (Number(exponent) > 0) return BigInt(value).toString();
  const digits = Math.min(MAX_FIXED_DIGITS, SHEET_DIGITS + 2 - Number(exponent));
  return value.toFixed(digits).replace(/\.?0+$/, '');
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n' };

/** Escapes a value for COPY's text format (PostgreSQL manual, COPY, "Text Format"). */
const copyText = (text: string | null): string =>
  text === null ? '\\N' : text.replace(/[\\\t\n]/g, (character) => ESCAPES[character] ?? character);
