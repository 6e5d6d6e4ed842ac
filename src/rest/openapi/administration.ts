import { jsonContent } from './responses.ts';
import { CURL, sample } from './samples.ts';
import type { Schema } from './schema.ts';

/** The failures of a JSON body. */
export const POST_FAILURES = ['PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'REQUEST_TIMEOUT'] as const;

/** Returns an operation of administrators with a JSON body. `tag`: that of its group. */
export const post = (
  tag: string,
  operationId: string,
  summary: string,
  example: string,
  body: Schema,
  responses: Schema,
): Schema => ({
  operationId,
  tags: [tag],
  summary,
  description: 'Needs the scope admin.',
  ...sample(`${CURL} -H 'Content-Type: application/json' ${example}`),
  requestBody: { required: true, content: jsonContent({ ...body, additionalProperties: false }) },
  responses,
});
