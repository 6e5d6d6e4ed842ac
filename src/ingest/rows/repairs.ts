import { type RecordFault, shortText } from './fault.ts';

/** One place where a file was read otherwise than it is written, because what wrote it spells things its own way. */
export interface Repair {
  readonly kind: RepairKind;
  /** The key of the field, or a header name; null if it does not concern a single column. */
  readonly column: string | null;
  /** The value as written; null if it does not concern a single value. */
  readonly value: string | null;
}

const many = (count: number, one: string, several = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : several}`;

/** The kinds of repairs and, for each, the line of the report: what was read how, and how often (docs/contract.md, "Repairs"). */
const KINDS = {
  blankRow: (count: number) => `${many(count, 'row')} without any content skipped`,
  repeatedHeader: (count: number) => `the header comes again ${many(count, 'time')}, as in joined files; skipped`,
  missingCells: (count: number) =>
    `${many(count, 'row')} with fewer cells than the header; the missing cells at the end are empty`,
  extraCells: (count: number) => `${many(count, 'row')} with empty cells beyond the header, which are dropped`,
  utc: (count: number) => `${many(count, 'date')} with UTC or GMT read as an instant in UTC`,
  offset: (count: number) => `${many(count, 'date')} with a blank before the offset read without it`,
  fraction: (count: number) => `${many(count, 'date')} with a fraction of a second, which is dropped`,
  dayFirst: (count: number) => `${many(count, 'date')} read as day, month, year`,
  monthFirst: (count: number) => `${many(count, 'date')} read as month, day, year`,
  eitherMonthFirst: (count: number) =>
    `${many(count, 'date')} that could also begin with the day read as month, day, year, as another of the file can only be`,
  eitherDayFirst: (count: number) =>
    `${many(count, 'date')} that could also begin with the month read as day, month, year, as another of the file can only be`,
  yearFirst: (count: number) => `${many(count, 'date')} read as year, month, day`,
  dateOnly: (count: number) => `${many(count, 'date')} without a time of day read as midnight`,
  converted: (count: number) =>
    `${many(count, 'date')} with Z or an offset converted to the wall clock of the interview’s time zone`,
  boolean: (count: number) => `${many(count, 'word or number', 'words or numbers')} read as true or false`,
  decimalComma: (count: number) => `${many(count, 'number')} with a comma as the decimal sign`,
  zone: (count: number) =>
    `${many(count, 'time zone')} with a name of Windows or Rails read as the zone of the IANA database`,
  nullWord: (count: number) => `${many(count, 'cell')} with a word for a missing value, such as NULL, read as null`,
  nullOption: (count: number) => `${many(count, 'cell')} with a text that the option null names, read as null`,
  nullText: (count: number) =>
    `${many(count, 'text')} that may mean a missing value, such as NULL, kept as text; the option null reads them as null`,
  emptyText: (count: number) =>
    `${many(count, 'empty text')} ("") kept as empty, not as null; the option null, with nothing as its text, reads them as null`,
  errorText: (count: number) => `${many(count, 'text')} in the form of a spreadsheet’s error, such as #REF!, kept`,
  guard: (count: number) => `${many(count, 'cell')} with the apostrophe of the CSV for Excel, which is removed`,
  likelyGuard: (count: number) =>
    `${many(count, 'cell')} that begin with an apostrophe before = + - or @, kept; if it is the one of the CSV for Excel, the option excel removes it`,
  keptId: (count: number) => `${many(count, 'id')} in the form that spreadsheets give to numbers, kept`,
  sparseRow: (count: number) =>
    `${many(count, 'row')} with an id and at most two other values, kept; a sum below the rows looks like this`,
} as const;

export type RepairKind = keyof typeof KINDS;

/** Counts what was read otherwise than it is written, in constant memory: one line of the report for each kind. */
export class Repairs {
  readonly #found = new Map<RepairKind, { readonly first: RecordFault; count: number }>();

  add(line: number, { kind, column, value }: Repair): void {
    const known = this.#found.get(kind);
    if (known) known.count += 1;
    else {
      const first = { line, column, value: value === null ? null : shortText(value), reason: '' };
      this.#found.set(kind, { first, count: 1 });
    }
  }

  /** Returns the lines of the report, with the position of the first repair of each kind. */
  warnings(): RecordFault[] {
    return [...this.#found].map(([kind, { first, count }]) => ({ ...first, reason: KINDS[kind](count), count }));
  }
}
