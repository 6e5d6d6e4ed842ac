import { AUDIT_ACTIONS, AUDIT_ACTOR_KINDS, AUDIT_OUTCOMES } from '../../domain/audit/entry.ts';
import { AUDIT_PATH } from '../../domain/paths.ts';
import { AUDIT_FORMATS, AUDIT_PARAMETERS } from '../../extract/audit/request.ts';
import { named, OUTPUT_PARAMETERS, type ParameterDetails } from './parameters.ts';
import { apiResponse, failures, jsonContent } from './responses.ts';
import { CURL, sample } from './samples.ts';
import { arraySchema, countSchema, flagSchema, objectSchema, refSchema, type Schema, textSchema } from './schema.ts';

const MOMENT = 'a time back from now, such as 24h or 90d; a day in UTC; or a moment.';

const FILTERS: Readonly<Record<string, ParameterDetails>> = {
  since: { description: `Entries from then on: ${MOMENT}`, schema: { type: 'string', examples: ['90d'] } },
  until: { description: `Entries before then: ${MOMENT}`, schema: { type: 'string', examples: ['2026-12-01'] } },
  actor: { description: 'Entries of actors of this name.', schema: { type: 'string' } },
  action: { description: 'Entries of this action.', schema: { type: 'string', enum: AUDIT_ACTIONS } },
  outcome: { description: 'Entries that ended like this.', schema: { type: 'string', enum: AUDIT_OUTCOMES } },
  personal: { description: 'Whether personal fields were asked for.', schema: { type: 'boolean' } },
  subject: {
    description: 'Entries that asked for this id: with its kind, or of any kind.',
    schema: { type: 'string', examples: ['candidate:3f2504e0-4f89-41d3-9a0c-0305e82c3301'] },
  },
  limit: { description: 'Maximum number of entries, the newest.', schema: { type: 'integer', minimum: 1 } },
  format: {
    description: 'The format; takes precedence over Accept.',
    schema: { type: 'string', enum: AUDIT_FORMATS.map(({ name }) => name) },
  },
};

const PARAMETERS: Readonly<Record<string, ParameterDetails>> = { ...OUTPUT_PARAMETERS, ...FILTERS };

const text = (description: string): Schema => textSchema(description);

export const AUDIT_SCHEMAS: Schema = {
  AuditEntry: objectSchema(
    {
      at: { type: 'string', format: 'date-time', description: 'When it ended.' },
      actor: text('Who did it; empty if nobody is known.'),
      actorKind: { type: 'string', enum: AUDIT_ACTOR_KINDS },
      action: { type: 'string', enum: AUDIT_ACTIONS },
      outcome: { type: 'string', enum: AUDIT_OUTCOMES },
      target: text('The route, the GraphQL operation or the command.'),
      subjects: text('The ids that were asked for, with their kinds, separated by blanks.'),
      attributes: text('What was asked for, as JSON; null for what is not kept.'),
      personal: flagSchema('Whether personal fields were asked for.'),
      durationMs: countSchema('How long it took, in milliseconds.'),
      requests: countSchema('How many requests it stands for.'),
      id: { type: 'string', format: 'uuid' },
    },
    'A request or a command that read or changed data, or was refused. Members that are null are left out.',
    {
      issuer: text('The identity provider of the actor’s token.'),
      address: text('The address of the client.'),
      rows: countSchema('Rows that were sent, read or changed.'),
      status: { type: 'integer', description: 'The status of the answer.' },
      code: text('The code of the error.'),
      dataVersion: { type: 'integer', description: 'The version of the data.' },
      operation: text('The SHA-256 of the text of the GraphQL operation.'),
      requestId: text('The id of the request in the log.'),
    },
  ),
};

const FORMAT_CONTENT: Schema = {
  ...jsonContent(objectSchema({ content: arraySchema(refSchema('AuditEntry')) })),
  'text/csv': { schema: text('A header and a line for each entry.') },
  'application/x-ndjson': { schema: text('One AuditEntry per line, with null for what is missing.') },
};

export const AUDIT_PATHS: Schema = {
  [AUDIT_PATH]: {
    get: {
      operationId: 'readAudit',
      tags: ['Audit'],
      summary: 'The audit log: who read or changed what, the newest first',
      description: 'Streamed. Needs the scope admin. Reading it is an entry, too.',
      ...sample(`${CURL} "$URL${AUDIT_PATH}?since=30d&format=csv" -o audit.csv`),
      parameters: named(
        Object.fromEntries(AUDIT_PARAMETERS.map((name) => [name, PARAMETERS[name] as ParameterDetails])),
      ),
      responses: {
        200: apiResponse('The entries.', FORMAT_CONTENT),
        ...failures(['NOT_ACCEPTABLE', 'EXPORTS_BUSY']),
      },
    },
  },
};
