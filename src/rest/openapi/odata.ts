/** What the description of the routes says of OData, which describes itself in `$metadata`. */
import { ODATA_PATH } from '../../domain/paths.ts';
import { apiResponse, failures, jsonContent } from './responses.ts';
import { CURL, sample } from './samples.ts';
import { objectSchema, refSchema, type Schema, textSchema } from './schema.ts';
import { SECURITY_WITH_BASIC } from './security.ts';

const operation = (operationId: string, summary: string, description: string, content: Schema): Schema => ({
  operationId,
  tags: ['OData'],
  security: SECURITY_WITH_BASIC,
  summary,
  description,
  responses: {
    200: apiResponse('What is asked for.', content),
    304: apiResponse('The cached response is still current.'),
    ...failures(
      ['NOT_FOUND', 'NOT_ACCEPTABLE', 'PRECONDITION_FAILED', 'EXPORTS_BUSY', 'OPERATIONS_BUSY'],
      refSchema('ODataError'),
      true,
    ),
  },
});

export const ODATA_PATHS: Schema = {
  [ODATA_PATH]: {
    get: operation(
      'readODataService',
      'The service document of OData',
      'What there is to read, for Excel, Power BI, Tableau and other tools that speak OData 4.0. Needs the scope read.',
      jsonContent({ type: 'object' }),
    ),
  },
  [`${ODATA_PATH}/{resource}`]: {
    get: {
      ...operation(
        'readOData',
        'OData: $metadata, entity sets, their numbers of rows, single rows',
        'docs/odata.md describes the options ($filter, $select, $orderby, $top and others) and the paths, $metadata the properties. Needs the scope read. Without the scope personal, personal properties are null.',
        {
          ...jsonContent({ type: 'object' }),
          'application/xml': { schema: textSchema('CSDL, at $metadata.') },
          'text/plain': { schema: textSchema('A number, at /$count.') },
        },
      ),
      parameters: [
        {
          name: 'resource',
          in: 'path',
          required: true,
          description: 'What is read, such as Appointments. It may have a slash, as Appointments/$count has.',
          schema: { type: 'string' },
        },
      ],
      ...sample(`${CURL} "$URL${ODATA_PATH}/Appointments?\\$top=5"`),
    },
  },
};

export const ODATA_SCHEMAS: Schema = {
  ODataError: objectSchema({
    error: objectSchema({ code: refSchema('ErrorCode'), message: textSchema('For people.') }, 'The error.', {
      target: textSchema('The option or the part of the path that is wrong.'),
    }),
  }),
};
