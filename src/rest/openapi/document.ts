import {
  CANDIDATES_PATH,
  DASHBOARD_PATH,
  EXTRACT_PATH,
  GRAPHQL_PATH,
  IMPORT_PATH,
  JOBS_PATH,
  OPENAPI_PATH,
  REFERENCE_PATH,
  SUMMARY_PATH,
  TABLEAU_PATH,
} from '../../domain/paths.ts';
import { SCOPES } from '../../domain/viewer.ts';
import { FORMATS } from '../../extract/formats.ts';
import { AUDIT_PATHS, AUDIT_SCHEMAS } from './audit.ts';
import { ERASURE_PATHS } from './erasures.ts';
import { IMPORT_CANDIDATES, IMPORT_EXTRACT, IMPORT_JOBS } from './imports.ts';
import { METRICS_PATHS, METRICS_SCHEMAS } from './metrics.ts';
import { ODATA_PATHS, ODATA_SCHEMAS } from './odata.ts';
import { EXTRACT_PARAMETER_OBJECTS, FILTER_PARAMETER_OBJECTS } from './parameters.ts';
import { FINDING, IMPORT_REPORT } from './report.ts';
import {
  apiResponse,
  ERROR,
  ERROR_CODE,
  failures,
  graphqlApiResponse,
  jsonContent,
  publicResponse,
} from './responses.ts';
import { ENUMERATION_SCHEMAS, ROW_SCHEMAS } from './row.ts';
import { CURL, sample } from './samples.ts';
import { arraySchema, countSchema, flagSchema, objectSchema, refSchema, type Schema, textSchema } from './schema.ts';
import { SECURITY, SECURITY_SCHEMES, SECURITY_WITH_BASIC } from './security.ts';
import { TOKEN_PATHS, TOKEN_SCHEMAS } from './tokens.ts';

/** Schema of a response in each format. */
const FORMAT_SCHEMAS: Readonly<Record<string, Schema>> = {
  // In this order: without parameters, with nulls=include, and with fields.
  json: { schema: { anyOf: [refSchema('Extract'), refSchema('FullExtract'), refSchema('PartialExtract')] } },
  csv: { schema: textSchema('A header and a line for each row (RFC 4180).') },
  ndjson: { schema: textSchema('One JSON object per line, each a FullRow unless parameters select less.') },
  xlsx: { schema: { description: 'A workbook (ECMA-376): a sheet with the rows, and one that says what they are.' } },
};

const EXTRACT_CONTENT = Object.fromEntries(FORMATS.map(({ name, mediaType }) => [mediaType, FORMAT_SCHEMAS[name]]));

const EXTRACT_HEADERS = {
  ETag: { description: 'The entity tag, for If-None-Match.', schema: { type: 'string' } },
  Link: { description: 'The URL of the next page, rel="next", relative to this one.', schema: { type: 'string' } },
  'X-Known-At': {
    description: 'The time that the rows are known at; missing while none were imported.',
    schema: { type: 'string', format: 'date-time' },
  },
};

/** The days that `period` means. */
const PERIOD: Schema = objectSchema(
  {
    name: textSchema('The name of the period, as requested.'),
    timeZone: { type: ['string', 'null'], description: 'The time zone, as requested; null: wall clocks.' },
    firstDay: { type: 'string', format: 'date', description: 'The first day.' },
    lastDay: { type: 'string', format: 'date', description: 'The last day, which belongs to the period.' },
    startsFrom: textSchema('The start, as the parameter startsFrom takes it.'),
    startsBefore: textSchema('The end, as the parameter startsBefore takes it.'),
  },
  'Only if period is requested: the days that it means now.',
);

const ifNoneMatch: Schema = {
  name: 'If-None-Match',
  in: 'header',
  description: 'The ETag of a cached response.',
  schema: { type: 'string' },
};

const pageRoute = (description: string): Schema => ({
  get: {
    tags: ['Pages'],
    summary: description,
    security: [],
    responses: { 200: publicResponse('The page.', { 'text/html': { schema: { type: 'string' } } }) },
  },
});

const DOCUMENT_ID_DESCRIPTION = 'The id of a persisted operation, sent instead of the operation.';
const GRAPHQL_FAILURES = [
  'OPERATIONS_BUSY',
  'NOT_ACCEPTABLE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_ONLY',
] as const;
const graphqlResponse = graphqlApiResponse(
  'The result, and the errors of an operation that could be executed.',
  Object.fromEntries(
    ['application/graphql-response+json', 'application/json'].map((type) => [
      type,
      { schema: refSchema('GraphqlResult') },
    ]),
  ),
);

const PATHS: Schema = {
  [EXTRACT_PATH]: {
    get: {
      operationId: 'readExtract',
      tags: ['Extract'],
      security: SECURITY_WITH_BASIC,
      summary: 'The rows',
      description:
        'All rows with all 30 fields, unless parameters select less; streamed, in one fixed order, from one snapshot. Needs the scope read. Without the scope personal, personal fields look like null.',
      ...sample(`${CURL} "$URL${EXTRACT_PATH}?format=csv&startsFrom=2026-03-01&startsBefore=2026-04-01" -o march.csv`),
      parameters: [...EXTRACT_PARAMETER_OBJECTS, ifNoneMatch],
      responses: {
        200: apiResponse('The rows.', EXTRACT_CONTENT, EXTRACT_HEADERS),
        304: apiResponse('The cached response is still current.'),
        ...failures(['NOT_ACCEPTABLE', 'EXPORTS_BUSY']),
      },
    },
    head: {
      operationId: 'headExtract',
      tags: ['Extract'],
      security: SECURITY_WITH_BASIC,
      summary: 'The headers of the same response',
      parameters: [...EXTRACT_PARAMETER_OBJECTS, ifNoneMatch],
      responses: { 200: apiResponse('The headers, without Link.'), ...failures(['NOT_ACCEPTABLE']) },
    },
    post: IMPORT_EXTRACT,
  },
  [JOBS_PATH]: { post: IMPORT_JOBS },
  [CANDIDATES_PATH]: { post: IMPORT_CANDIDATES },
  [SUMMARY_PATH]: {
    get: {
      operationId: 'summariseExtract',
      tags: ['Extract'],
      security: SECURITY_WITH_BASIC,
      summary: 'How many rows an extract would have, and what is stored',
      description: 'Needs the scope read.',
      ...sample(`${CURL} "$URL${SUMMARY_PATH}?interviewType=VIDEO"`),
      parameters: FILTER_PARAMETER_OBJECTS,
      responses: {
        200: apiResponse('The numbers.', jsonContent(refSchema('Summary'))),
        ...failures(['TIMEOUT', 'OPERATIONS_BUSY']),
      },
    },
  },
  ...METRICS_PATHS,
  ...ODATA_PATHS,
  [GRAPHQL_PATH]: {
    get: {
      operationId: 'queryGraphql',
      tags: ['GraphQL'],
      summary: 'Execute a GraphQL operation, or, in a browser, open GraphiQL',
      description: 'GraphQL over HTTP. Needs the scope read. In a browser it opens GraphiQL, if that is enabled.',
      parameters: [
        { name: 'query', in: 'query', description: 'The operation.', schema: { type: 'string' } },
        { name: 'documentId', in: 'query', description: DOCUMENT_ID_DESCRIPTION, schema: { type: 'string' } },
        { name: 'variables', in: 'query', description: 'JSON.', schema: { type: 'string' } },
        { name: 'operationName', in: 'query', schema: { type: 'string' } },
        { name: 'extensions', in: 'query', description: 'JSON.', schema: { type: 'string' } },
      ],
      responses: {
        200: graphqlResponse,
        304: apiResponse('The cached response is still current.'),
        ...failures(GRAPHQL_FAILURES),
      },
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
        200: graphqlResponse,
        ...failures([...GRAPHQL_FAILURES, 'REQUEST_TIMEOUT', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE']),
      },
    },
  },
  ...AUDIT_PATHS,
  ...ERASURE_PATHS,
  ...TOKEN_PATHS,
  '/healthz': {
    get: {
      operationId: 'isAlive',
      tags: ['Health'],
      summary: 'Whether the process is alive',
      security: [],
      responses: {
        200: publicResponse('The process is alive.', jsonContent(objectSchema({ status: textSchema('ok') }))),
      },
    },
  },
  '/readyz': {
    get: {
      operationId: 'isReady',
      tags: ['Health'],
      summary: 'Whether the database answers and has all its tables',
      security: [],
      responses: {
        200: publicResponse(
          'The database is ready. `standby`: it only reads; left out otherwise. `reads`: where reads go, if the service has a replica.',
          jsonContent(
            objectSchema({ status: textSchema('ready') }, undefined, {
              standby: { type: 'boolean' },
              reads: { enum: ['replica', 'primary'] },
            }),
          ),
        ),
        503: publicResponse(
          'The database is not ready, the rows are older than READY_MAX_AGE, or the service is stopping.',
          jsonContent({
            oneOf: [
              refSchema('Error'),
              objectSchema({ status: textSchema('stopping') }),
              objectSchema({
                status: textSchema('outdated'),
                knownAt: { type: ['string', 'null'], format: 'date-time' },
              }),
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
      responses: { 200: publicResponse('OpenAPI 3.1.', jsonContent({ type: 'object' })) },
    },
  },
  '/': pageRoute('Start page, with a form for downloads'),
  [DASHBOARD_PATH]: pageRoute('Dashboard'),
  [IMPORT_PATH]: pageRoute('Page for imports'),
  [REFERENCE_PATH]: pageRoute('This document for people'),
  [TABLEAU_PATH]: pageRoute('Tableau web data connector'),
};

const SCHEMAS: Schema = {
  ...ROW_SCHEMAS,
  ...ENUMERATION_SCHEMAS,
  Summary: objectSchema(
    {
      rows: countSchema('Rows that match the filters.'),
      dataset: objectSchema(
        {
          version: textSchema('Changes with every import that changes something.'),
          importedAt: { type: ['string', 'null'], format: 'date-time', description: 'The end of the last import.' },
          knownAt: {
            type: ['string', 'null'],
            format: 'date-time',
            description:
              'The time that the rows are known to be of: as an import of rows stated it, otherwise its beginning.',
          },
          sample: flagSchema('Whether this is the sample that came with the program.'),
          rows: countSchema('All rows.'),
          interviews: countSchema('All interviews.'),
        },
        'What is stored.',
      ),
      token: objectSchema(
        { name: textSchema('Its name.'), scopes: arraySchema(refSchema('Scope'), 'What it may do.') },
        'The token of the request.',
      ),
    },
    'What an extract with the same filters has.',
    { period: PERIOD },
  ),
  ...METRICS_SCHEMAS,
  ...ODATA_SCHEMAS,
  ...TOKEN_SCHEMAS,
  ...AUDIT_SCHEMAS,
  ImportReport: IMPORT_REPORT,
  Finding: FINDING,
  GraphqlResult: {
    type: 'object',
    properties: {
      data: { type: ['object', 'null'], description: 'The result of the operation.' },
      errors: arraySchema(
        objectSchema({
          message: textSchema('For people.'),
          extensions: objectSchema({ code: textSchema('For programs.') }, 'Further details.'),
        }),
        'The codes are those of all errors.',
      ),
    },
  },
  Error: ERROR,
  ErrorCode: ERROR_CODE,
  Scope: { type: 'string', enum: SCOPES },
};

/**
 * Returns the description of every route as OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1.html), built from the
 * tables that the routes are built from. `version` is that of the program.
 */
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
    { name: 'Extract', description: 'Export and import of flat rows.' },
    { name: 'Metrics', description: 'Measures of the rows, in groups.' },
    { name: 'GraphQL', description: 'The same data as a graph; the schema describes itself.' },
    { name: 'OData', description: 'For Excel, Power BI, Tableau and other tools of analysts.' },
    { name: 'Audit', description: 'For administrators.' },
    { name: 'Erasure', description: 'For administrators.' },
    { name: 'Tokens', description: 'For administrators.' },
    { name: 'Health', description: 'For operators.' },
    { name: 'Pages', description: 'For browsers; also this document.' },
  ],
  security: SECURITY,
  paths: PATHS,
  components: {
    securitySchemes: SECURITY_SCHEMES,
    schemas: SCHEMAS,
  },
});
