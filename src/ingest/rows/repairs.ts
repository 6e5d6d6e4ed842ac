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
  monthFirst: (count: number) =>
    `${many(count, 'date')} read as month, day, year, because a value of the file has a second number above 12`,
  dayFirstByFile: (count: number) =>
    `${many(count, 'date')} read as day, month, year, because a value of the file has a first number above 12`,
  yearFirst: (count: number) => `${many(count, 'date')} read as year, month, day`,
  boolean: (count: number) => `${many(count, 'word or number', 'words or numbers')} read as true or false`,
  decimalComma: (count: number) => `${many(count, 'number')} with a comma as the decimal sign`,
  zone: (count: number) =>
    `${many(count, 'time zone')} with a name of Windows or Rails read as the zone of the IANA database`,
  nullWord: (count: number) => `${many(count, 'cell')} with a word for a missing value, such as NULL, read as null`,
  nullText: (count: number) => `${many(count, 'text')} that may mean a missing value, such as NULL, kept as text`,
  guard: (count: number) => `${many(count, 'cell')} with the apostrophe of the CSV for Excel, which is removed`,
  likelyGuard: (count: number) =>
    `${many(count, 'cell')} that begin with an apostrophe before = + - or @, kept; it may be the one of the CSV for Excel`,
  keptId: (count: number) => `${many(count, 'id')} in the form that spreadsheets give to numbers, kept`,
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
