import { arraySchema, countSchema, flagSchema, objectSchema, refSchema, type Schema, textSchema } from './schema.ts';

const orNull = (type: string, description: string): Schema => ({ type: [type, 'null'], description });

/** What is wrong with a cell, a row or a file. */
export const FINDING: Schema = objectSchema({
  line: orNull('integer', 'In a CSV or NDJSON file.'),
  column: orNull('string', 'The field.'),
  value: orNull('string', 'As it stands there.'),
  reason: textSchema('What is wrong, and what would be right.'),
});

const CHANGES = objectSchema(
  {
    inserted: countSchema('New ones.'),
    updated: countSchema('Changed ones.'),
    unchanged: countSchema('The same as before.'),
    removed: countSchema('Those that go.'),
    refused: countSchema('Those of which a row was refused.'),
  },
  'The same, counted in interviews.',
);

const REMOVALS = objectSchema(
  {
    stored: countSchema('Rows that are stored.'),
    removed: countSchema('Those that would go.'),
    moved: countSchema('Those that would go, but come back at another time.'),
    incomplete: arraySchema(
      objectSchema({
        interviewId: textSchema('The interview.'),
        removed: countSchema('Rows that it would lose.'),
        reason: textSchema('What says that some are missing.'),
      }),
      'The first 20 interviews that would lose rows although their rows say that some are missing.',
    ),
    incompleteCount: countSchema('How many such interviews there are.'),
  },
  'Only where the import is refused for what it would remove.',
);

const REPORT = objectSchema({
  saved: flagSchema('Whether anything was saved; otherwise this is what would have been done.'),
  read: countSchema('inserted + updated + unchanged + duplicates + refused.'),
  inserted: countSchema('New rows.'),
  updated: countSchema('Changed rows.'),
  unchanged: countSchema('Rows that were the same.'),
  duplicates: countSchema('Rows that stood before them, identical in every field.'),
  removed: countSchema('Stored rows that go, because the extract no longer lists them.'),
  moved: countSchema(
    'Stored rows that go because the same interviewer has an appointment of the interview at another time, which is among inserted.',
  ),
  refused: countSchema('Rows of interviews of which a row was refused.'),
  warned: countSchema('Rows with a warning.'),
  interviews: CHANGES,
  sampleRemoved: flagSchema('Whether the sample extract goes.'),
  seconds: { type: 'number', description: 'How long it took.' },
  refusedRows: arraySchema(refSchema('Finding'), 'The faults of the first 1,000 refused rows.'),
  warnings: arraySchema(refSchema('Finding'), 'The first 1,000 warnings.'),
});

/** What an import did (src/ingest/import/report.ts). Counts are of rows. */
export const IMPORT_REPORT: Schema = {
  ...REPORT,
  properties: {
    ...(REPORT.properties as Schema),
    unreadable: flagSchema('True where the file can’t be read to its end; the reason stands first among refusedRows.'),
    removalsRefused: REMOVALS,
  },
};
