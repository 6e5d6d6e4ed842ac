import { CANDIDATES, JOBS, type NameList } from '../../domain/import/name-lists.ts';
import { CANDIDATES_PATH, EXTRACT_PATH, JOBS_PATH } from '../../domain/paths.ts';
import { xlsx } from '../../extract/xlsx/xlsx.ts';
import { IMPORT_PARAMETER_OBJECTS, NAMES_PARAMETER_OBJECTS } from './parameters.ts';
import { apiResponse, failures, jsonContent } from './responses.ts';
import { CURL, sample } from './samples.ts';
import { arraySchema, refSchema, type Schema, textSchema } from './schema.ts';

const IMPORT_FAILURES = [
  'REQUEST_TIMEOUT',
  'CONFLICT',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'INVALID_EXTRACT',
  'REMOVALS_REFUSED',
] as const;

const RESPONSES: Schema = {
  200: apiResponse('What was done.', jsonContent(refSchema('ImportReport'))),
  ...failures(IMPORT_FAILURES, { allOf: [refSchema('Error'), refSchema('ImportReport')] }),
};

const CONTENT_ENCODING: Schema = {
  name: 'Content-Encoding',
  in: 'header',
  schema: { type: 'string', enum: ['identity', 'gzip'] },
};

/** The operation that imports an extract. */
export const IMPORT_EXTRACT: Schema = {
  operationId: 'importExtract',
  tags: ['Extract'],
  summary: 'Import an extract',
  description: 'All or nothing, in one transaction. Needs the scope write.',
  ...sample(`${CURL} -H 'Content-Type: text/csv' --data-binary @march.csv "$URL${EXTRACT_PATH}?dryRun=true"`),
  parameters: [...IMPORT_PARAMETER_OBJECTS, CONTENT_ENCODING],
  requestBody: {
    required: true,
    content: {
      'text/csv': { schema: textSchema('With keys or labels as its header.') },
      [xlsx.mediaType]: { schema: { description: 'A workbook, of which the first sheet is read.' } },
      'application/json': {
        schema: {
          anyOf: [
            refSchema('Extract'),
            refSchema('FullExtract'),
            arraySchema(refSchema('Row')),
            arraySchema(refSchema('FullRow')),
          ],
        },
      },
      'application/x-ndjson': { schema: textSchema('One JSON object per line.') },
    },
  },
  responses: RESPONSES,
};

/** Returns the operation that imports names. */
const importOfNames = (operationId: string, path: string, { title, id, names }: NameList): Schema => ({
  operationId,
  tags: ['Extract'],
  summary: `Import the names of ${title}`,
  description: 'All or nothing, in one transaction. Needs the scope write. Names that the body lacks stay as they are.',
  ...sample(`${CURL} -H 'Content-Type: text/csv' --data-binary @${title}.csv "$URL${path}?dryRun=true"`),
  parameters: [...NAMES_PARAMETER_OBJECTS, CONTENT_ENCODING],
  requestBody: {
    required: true,
    content: {
      'text/csv': { schema: textSchema(`With the columns ${[id, ...names].map(({ key }) => key).join(', ')}.`) },
      [xlsx.mediaType]: { schema: { description: 'A workbook, of which the first sheet is read.' } },
    },
  },
  responses: RESPONSES,
});

export const IMPORT_JOBS = importOfNames('importJobs', JOBS_PATH, JOBS);
export const IMPORT_CANDIDATES = importOfNames('importCandidates', CANDIDATES_PATH, CANDIDATES);
