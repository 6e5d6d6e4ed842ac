import {
  EXTRACT_PATH,
  GRAPHQL_PATH,
  OPENAPI_PATH,
  REFERENCE_PATH,
  SUMMARY_PATH,
  TABLEAU_PATH,
} from '../../domain/paths.ts';
import { SCOPES } from '../../domain/viewer.ts';
import { FORMATS } from '../../extract/formats.ts';
import { EXTRACT_PARAMETER_OBJECTS, FILTER_PARAMETER_OBJECTS, IMPORT_PARAMETER_OBJECTS } from './parameters.ts';
import { FINDING, IMPORT_REPORT } from './report.ts';
import { apiAnswer, ERROR, ERROR_CODE, failures, jsonContent, publicAnswer } from './responses.ts';
import { ENUMERATION_SCHEMAS, ROW_SCHEMAS } from './row.ts';
import { arraySchema, countSchema, flagSchema, objectSchema, refSchema, type Schema, textSchema } from './schema.ts';

/** What an answer in each format is. */
const REQUEST_BODIES: Readonly<Record<string, Schema>> = {
  // In this order: what comes where nothing is asked for, with nulls=include, and with fields.
  json: { schema: { anyOf: [refSchema('Extract'), refSchema('FullExtract'), refSchema('PartialExtract')] } },
  csv: { schema: textSchema('A header and a line for each row (RFC 4180).') },
  ndjson: { schema: textSchema('A JSON object a line, each a FullRow unless parameters ask for less.') },
};

const rows = Object.fromEntries(FORMATS.map(({ name, mediaType }) => [mediaType, REQUEST_BODIES[name]]));

const ofExtract = {
  ETag: { description: 'For If-None-Match.', schema: { type: 'string' } },
  Link: { description: 'The address of the next page, rel="next", relative to this one.', schema: { type: 'string' } },
};

const ifNoneMatch: Schema = {
  name: 'If-None-Match',
  in: 'header',
  description: 'The ETag of an answer that is known already.',
  schema: { type: 'string' },
};

const html = (description: string): Schema => ({
  get: {
    tags: ['Pages'],
    summary: description,
    security: [],
    responses: { 200: publicAnswer('The page.', { 'text/html': { schema: { type: 'string' } } }) },
  },
});

const DOCUMENT_ID_DESCRIPTION = 'The id of an operation that the service knows, in place of the operation.';
const GRAPHQL_FAILURES = ['NOT_ACCEPTABLE', 'PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_ONLY'] as const;
const IMPORT_FAILURES = [
  'REQUEST_TIMEOUT',
  'CONFLICT',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'INVALID_EXTRACT',
  'REMOVALS_REFUSED',
] as const;
const graphqlAnswer = apiAnswer(
  'The result, and the errors of an operation that could be executed.',
  Object.fromEntries(
    ['application/graphql-response+json', 'application/json'].map((type) => [
      type,
      { schema: refSchema('GraphqlResult') },
    ]),
  ),
);

/** A line for a shell, with the address of the service in URL and a token in TOKEN; an extension that viewers know, /docs among them. */
const sample = (line: string): Schema => ({ 'x-codeSamples': [{ lang: 'Shell', source: line }] });
const CURL = 'curl -f -H "X-SmartToken: $TOKEN"';

const PATHS: Schema = {
  [EXTRACT_PATH]: {
    get: {
      operationId: 'readExtract',
      tags: ['Extract'],
      summary: 'The rows',
      description:
        'All rows with all 30 fields, unless parameters ask for less; streamed, in one fixed order, out of one snapshot. Needs the scope read; personal fields look as if nothing were stated without personal.',
      ...sample(`${CURL} "$URL${EXTRACT_PATH}?format=csv&startsFrom=2026-03-01&startsBefore=2026-04-01" -o march.csv`),
      parameters: [...EXTRACT_PARAMETER_OBJECTS, ifNoneMatch],
      responses: {
        200: apiAnswer('The rows.', rows, ofExtract),
        304: apiAnswer('The answer is the one that is known already.'),
        ...failures(['NOT_ACCEPTABLE', 'EXPORTS_BUSY']),
      },
    },
    head: {
      operationId: 'headExtract',
      tags: ['Extract'],
      summary: 'The headers of the same answer',
      parameters: [...EXTRACT_PARAMETER_OBJECTS, ifNoneMatch],
      responses: { 200: apiAnswer('The headers, without Link.'), ...failures(['NOT_ACCEPTABLE']) },
    },
    post: {
      operationId: 'importExtract',
      tags: ['Extract'],
      summary: 'Import an extract',
      description: 'All or nothing, in one transaction. Needs the scope write.',
      ...sample(`${CURL} -H 'Content-Type: text/csv' --data-binary @march.csv "$URL${EXTRACT_PATH}?dryRun=true"`),
      parameters: [
        ...IMPORT_PARAMETER_OBJECTS,
        { name: 'Content-Encoding', in: 'header', schema: { type: 'string', enum: ['identity', 'gzip'] } },
      ],
      requestBody: {
        required: true,
        content: {
          'text/csv': { schema: textSchema('With keys or labels as its header.') },
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
          'application/x-ndjson': { schema: textSchema('A JSON object a line.') },
        },
      },
      responses: {
        200: apiAnswer('What was done.', jsonContent(refSchema('ImportReport'))),
        ...failures(IMPORT_FAILURES, { allOf: [refSchema('Error'), refSchema('ImportReport')] }),
      },
    },
  },
  [SUMMARY_PATH]: {
    get: {
      operationId: 'summariseExtract',
      tags: ['Extract'],
      summary: 'How many rows an extract would have, and what is stored',
      description: 'Needs the scope read.',
      ...sample(`${CURL} "$URL${SUMMARY_PATH}?interviewType=VIDEO"`),
      parameters: FILTER_PARAMETER_OBJECTS,
      responses: { 200: apiAnswer('The numbers.', jsonContent(refSchema('Summary'))), ...failures(['TIMEOUT']) },
    },
  },
  [GRAPHQL_PATH]: {
    get: {
      operationId: 'queryGraphql',
      tags: ['GraphQL'],
      summary: 'Execute a GraphQL operation, or, in a browser, open GraphiQL',
      description: 'GraphQL over HTTP. Needs the scope read; opened in a browser it is GraphiQL, where that is on.',
      parameters: [
        { name: 'query', in: 'query', description: 'The operation.', schema: { type: 'string' } },
        { name: 'documentId', in: 'query', description: DOCUMENT_ID_DESCRIPTION, schema: { type: 'string' } },
        { name: 'variables', in: 'query', description: 'JSON.', schema: { type: 'string' } },
        { name: 'operationName', in: 'query', schema: { type: 'string' } },
        { name: 'extensions', in: 'query', description: 'JSON.', schema: { type: 'string' } },
      ],
      responses: { 200: graphqlAnswer, ...failures(GRAPHQL_FAILURES) },
    },
    post: {
      operationId: 'executeGraphql',
      tags: ['GraphQL'],
      summary: 'Execute a GraphQL operation',
      description: 'GraphQL over HTTP. Needs the scope read.',
      ...sample(
        `${CURL} -H 'Content-Type: application/json' "$URL${GRAPHQL_PATH}" -d '{"query": "{ interviews(first: 3) { nodes { interviewId startsAt } } }"}'`,
      ),
      requestBody: {
        required: true,
        content: jsonContent({
          type: 'object',
          properties: {
            query: textSchema('The operation.'),
            documentId: textSchema(DOCUMENT_ID_DESCRIPTION),
            variables: { type: ['object', 'null'] },
            operationName: { type: ['string', 'null'] },
            extensions: { type: ['object', 'null'] },
          },
          anyOf: ['query', 'documentId', 'extensions'].map((name) => ({ required: [name] })),
        }),
      },
      responses: {
        200: graphqlAnswer,
        ...failures([...GRAPHQL_FAILURES, 'REQUEST_TIMEOUT', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE']),
      },
    },
  },
  '/healthz': {
    get: {
      operationId: 'isAlive',
      tags: ['Health'],
      summary: 'Whether the process is alive',
      security: [],
      responses: { 200: publicAnswer('It is.', jsonContent(objectSchema({ status: textSchema('ok') }))) },
    },
  },
  '/readyz': {
    get: {
      operationId: 'isReady',
      tags: ['Health'],
      summary: 'Whether the database answers and has all its tables',
      security: [],
      responses: {
        200: publicAnswer('It does.', jsonContent(objectSchema({ status: textSchema('ready') }))),
        503: publicAnswer(
          'It does not.',
          jsonContent({
            oneOf: [
              refSchema('Error'),
              objectSchema({
                status: textSchema('not ready'),
                pendingMigrations: arraySchema({ type: 'string' }),
                missingTables: arraySchema({ type: 'string' }),
              }),
            ],
          }),
        ),
      },
    },
  },
  [OPENAPI_PATH]: {
    get: {
      operationId: 'readOpenapi',
      tags: ['Pages'],
      summary: 'This document',
      security: [],
      responses: { 200: publicAnswer('OpenAPI 3.1.', jsonContent({ type: 'object' })) },
    },
  },
  '/': html('Start page, with a form for downloads'),
  [REFERENCE_PATH]: html('This document for people'),
  [TABLEAU_PATH]: html('Tableau web data connector'),
};

const SCHEMAS: Schema = {
  ...ROW_SCHEMAS,
  ...ENUMERATION_SCHEMAS,
  Summary: objectSchema({
    rows: countSchema('Rows that the filters let through.'),
    dataset: objectSchema(
      {
        version: textSchema('Changes with every import that changes something.'),
        importedAt: { type: ['string', 'null'], format: 'date-time', description: 'The end of the last import.' },
        sample: flagSchema('Whether this is the sample that came with the program.'),
        rows: countSchema('All rows.'),
        interviews: countSchema('All interviews.'),
      },
      'What is stored.',
    ),
    token: objectSchema(
      { name: textSchema('Its name.'), scopes: arraySchema(refSchema('Scope'), 'What it may do.') },
      'The token that asks.',
    ),
  }),
  ImportReport: IMPORT_REPORT,
  Finding: FINDING,
  GraphqlResult: {
    type: 'object',
    properties: {
      data: { type: ['object', 'null'], description: 'What was asked for.' },
      errors: arraySchema(
        objectSchema({
          message: textSchema('For people.'),
          extensions: objectSchema({ code: textSchema('For programs.') }, 'What else there is to say.'),
        }),
        'Their codes are those of every error.',
      ),
    },
  },
  Error: ERROR,
  ErrorCode: ERROR_CODE,
  Scope: { type: 'string', enum: SCOPES },
};

/** The description of every route as OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1.html), made of the tables that the routes are made of. */
export const openapi = (version: string): Schema => ({
  openapi: '3.1.1',
  info: {
    title: 'Interviews Data Service',
    version,
    description:
      'The interview extract of an applicant-tracking system: one row for each interviewer’s appointment in a time slot of an interview.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '.' }],
  tags: [
    { name: 'Extract', description: 'Flat rows out and in.' },
    { name: 'GraphQL', description: 'The same data as a graph; the schema describes itself.' },
    { name: 'Health', description: 'For whoever runs it.' },
    { name: 'Pages', description: 'For browsers, and this description.' },
  ],
  security: [{ SmartToken: [] }, { Bearer: [] }],
  paths: PATHS,
  components: {
    securitySchemes: {
      SmartToken: { type: 'apiKey', in: 'header', name: 'X-SmartToken' },
      Bearer: { type: 'http', scheme: 'bearer' },
    },
    schemas: SCHEMAS,
  },
});
