import { FIELD_INDEX, FIELDS } from '../../domain/fields.ts';
import { fieldIndexOf, readHeader, unknownColumns } from '../rows/columns.ts';
import type { Extract, ReadOptions, ReadRow } from '../rows/extract.ts';
import { oversized } from '../rows/limits.ts';
import { RowReader } from '../rows/row.ts';
import type { CsvRecord } from './csv.ts';
import { isNotBlank, openCsv, wrongWidth } from './csv-file.ts';

/** Reads the header of an extract in CSV and returns its rows as an iterable. `name`: the file name. Throws UnreadableExtract. */
export async function readCsv(name: string, pieces: AsyncIterable<string>, options: ReadOptions): Promise<Extract> {
  const file = await openCsv(name, pieces);
  const width = file.header.length;
  const { warnings } = file;

  async function* rows(rowOf: (record: CsvRecord) => ReadRow): AsyncGenerator<ReadRow[]> {
    for await (const records of file.records) yield records.filter(isNotBlank).map(rowOf);
  }

  try {
    const header = readHeader(file.header, file.line, options.allowMissingColumns);
    if (header.unknown.length > 0) warnings.push(unknownColumns(header.unknown, file.line, 'column'));
    const reading = new RowReader(header, options, warnings);
    /**
     * Refusing too many interviews is safe: the cell in this position may be another one, but then it is unlikely to be an interview id.
     */
    const likelyInterview = (cells: (string | null)[]) => {
      const id = cells[header.sources[FIELD_INDEX.interviewId] ?? -1]?.trim() ?? '';
      return /^[^\0\p{Surrogate}]{1,255}$/u.test(id) ? id : null;
    };
    const columnOf = (at: number) => {
      const name = file.header[at] ?? '';
      return FIELDS[fieldIndexOf(name)]?.key ?? name;
    };
    const rowOf = ({ line, cells, isLarge }: CsvRecord): ReadRow =>
      cells.length === width
        ? reading.read(line, cells, isLarge && oversized(line, cells, columnOf))
        : reading.refuse(line, cells, [wrongWidth(line, cells.length, width)], likelyInterview(cells));
    return { columns: header.columns, unit: 'line', missing: () => header.missing, warnings, rows: rows(rowOf) };
  } catch (error) {
    throw file.withPosition(error);
  }
}
