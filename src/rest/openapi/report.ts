import { array, count, flag, object, ref, type Schema, text } from './schema.ts';

const orNull = (type: string, description: string): Schema => ({ type: [type, 'null'], description });

/** What is wrong with a cell, a row or a file. */
export const FINDING: Schema = object({
  line: orNull('integer', 'In a CSV or NDJSON file.'),
  column: orNull('string', 'The field.'),
  value: orNull('string', 'As it stands there.'),
  reason: text('What is wrong, and what would be right.'),
});

const CHANGES = object(
  {
    inserted: count('New ones.'),
    updated: count('Changed ones.'),
    unchanged: count('The same as before.'),
    removed: count('Those that go.'),
    refused: count('Those of which a row was refused.'),
  },
  'The same, counted in interviews.',
);

const REMOVALS = object(
  {
    stored: count('Rows that are stored.'),
    removed: count('Those that would go.'),
    moved: count('Those that would go, but come back at another time.'),
    incomplete: array(
      object({
        interviewId: text('The interview.'),
        removed: count('Rows that it would lose.'),
        reason: text('What says that some are missing.'),
      }),
      'The first 20 interviews that would lose rows although their rows say that some are missing.',
    ),
    incompleteCount: count('How many such interviews there are.'),
  },
  'Only where the import is refused for what it would remove.',
);

const REPORT = object({
  saved: flag('Whether anything was saved; otherwise this is what would have been done.'),
  read: count('inserted + updated + unchanged + duplicates + refused.'),
  inserted: count('New rows.'),
  updated: count('Changed rows.'),
  unchanged: count('Rows that were the same.'),
  duplicates: count('Rows that stood before them, identical in every field.'),
  removed: count('Stored rows that go, because the extract no longer lists them.'),
  moved: count(
    'Stored rows that go because the same interviewer has an appointment of the interview at another time, which is among inserted.',
  ),
  refused: count('Rows of interviews of which a row was refused.'),
  warned: count('Rows with a warning.'),
  interviews: CHANGES,
  sampleRemoved: flag('Whether the sample extract goes.'),
  seconds: { type: 'number', description: 'How long it took.' },
  refusedRows: array(ref('Finding'), 'The faults of the first 1,000 refused rows.'),
  warnings: array(ref('Finding'), 'The first 1,000 warnings.'),
});

/** What an import did (src/ingest/import/report.ts). Counts are of rows. */
export const IMPORT_REPORT: Schema = {
  ...REPORT,
  properties: {
    ...(REPORT.properties as Schema),
    unreadable: flag('True where the file can’t be read to its end; the reason stands first among refusedRows.'),
    removalsRefused: REMOVALS,
  },
};
