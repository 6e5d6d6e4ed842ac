import { arraySchema, countSchema, flagSchema, objectSchema, refSchema, type Schema, textSchema } from './schema.ts';

const orNull = (type: string, description: string): Schema => ({ type: [type, 'null'], description });

/** Returns the schema of an object with further properties, which may be missing. */
function withOptional(schema: Schema, optional: Readonly<Record<string, Schema>>): Schema {
  return { ...schema, properties: { ...(schema.properties as Schema), ...optional } };
}

/** Schema of what is wrong with a cell, a row or a file. */
export const FINDING: Schema = withOptional(
  objectSchema({
    line: orNull('integer', 'In a CSV or NDJSON file.'),
    column: orNull('string', 'The field.'),
    value: orNull('string', 'The value as written in the file.'),
    reason: textSchema('What is wrong, and what would be right.'),
  }),
  { count: countSchema('If it stands for several rows or values, of which this is the first: how many.') },
);

const CHANGES = objectSchema(
  {
    inserted: countSchema('New interviews.'),
    updated: countSchema('Changed interviews.'),
    unchanged: countSchema('Interviews without changes.'),
    removed: countSchema('Interviews that are removed.'),
    refused: countSchema('Interviews with a refused row.'),
  },
  'The same counts for interviews.',
);

const REMOVALS = objectSchema(
  {
    stored: countSchema('Stored rows.'),
    removed: countSchema('Rows that would be removed.'),
    moved: countSchema('Rows that would be removed here but inserted at another time.'),
    incomplete: arraySchema(
      objectSchema({
        interviewId: textSchema('The interview.'),
        removed: countSchema('Rows that it would lose.'),
        reason: textSchema('What shows that rows are missing.'),
      }),
      'The first 20 interviews that would lose rows although their rows say that some are missing.',
    ),
    incompleteCount: countSchema('How many such interviews there are.'),
  },
  'Only if the import is refused because of what it would remove.',
);

const REPORT = objectSchema({
  saved: flagSchema('Whether anything was saved; otherwise this is what would have been done.'),
  read: countSchema('inserted + updated + unchanged + duplicates + refused.'),
  inserted: countSchema('New rows.'),
  updated: countSchema('Changed rows.'),
  unchanged: countSchema('Rows that were the same.'),
  duplicates: countSchema('Rows that repeat an earlier row, identical in every field.'),
  removed: countSchema('Stored rows that are removed because the extract no longer lists them.'),
  moved: countSchema(
    'Stored rows that are removed because the same interviewer has an appointment of the interview at another time, which counts as inserted.',
  ),
  refused: countSchema('Rows of interviews with a refused row.'),
  erased: countSchema(
    'Rows that name somebody who was forgotten before, and whom the import forgot again; they are among the others.',
  ),
  expired: countSchema(
    'Rows with names or reviews that were left out because their interview is too long ago; they are among the others.',
  ),
  warned: countSchema('Rows with a warning.'),
  interviews: CHANGES,
  sampleRemoved: flagSchema('Whether the sample extract is removed.'),
  seconds: { type: 'number', description: 'Duration of the import in seconds.' },
  refusedRows: arraySchema(refSchema('Finding'), 'The faults of the first 1,000 refused rows.'),
  warnings: arraySchema(refSchema('Finding'), 'The first 1,000 warnings.'),
});

const NAMES = objectSchema(
  {
    read: countSchema('inserted + updated + unchanged + duplicates + erased + expired + refused.'),
    inserted: countSchema('Names of jobs or candidates that no row of an extract names yet.'),
    updated: countSchema('Changed names.'),
    unchanged: countSchema('Names that were the same.'),
    duplicates: countSchema('Rows whose id occurs again further down.'),
    erased: countSchema('Rows of candidates who were forgotten before; their names are left out.'),
    expired: countSchema('Rows of candidates whose interviews are all too long ago; their names are left out.'),
    refused: countSchema('Refused rows; with one, nothing is saved.'),
    warned: countSchema('Duplicates with other names.'),
    refusedRows: arraySchema(refSchema('Finding'), 'The faults of the first 1,000 refused rows.'),
    warnings: arraySchema(refSchema('Finding'), 'The first 1,000 warnings.'),
  },
  'Only if names were imported.',
);

/** Schema of an import's outcome (src/ingest/import/report.ts). Counts are of rows. */
export const IMPORT_REPORT: Schema = withOptional(REPORT, {
  unreadable: flagSchema('True if the file can’t be read to its end; the reason is the first of refusedRows.'),
  asOf: { type: 'string', format: 'date-time', description: 'The time that the rows of the extract are of.' },
  knownAt: {
    type: 'string',
    format: 'date-time',
    description:
      'The time that the stored rows are known to be of: asOf, or a later time that was known already, which then stays.',
  },
  removalsRefused: REMOVALS,
  jobs: NAMES,
  candidates: NAMES,
});
