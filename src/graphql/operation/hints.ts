import { type GraphQLSchema, isInputObjectType } from 'graphql';
import { ORIGINAL_KEYS } from '../../domain/fields.ts';
import { recordOf } from '../../domain/types/records.ts';

/** Former names in the schema, with their replacements (docs/schema-changes.md has the same table). */
export const RENAMED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries({
      ...recordOf(ORIGINAL_KEYS, (key) => `row: { ${key}: … }`),
      interviewerStatus: 'status',
      interviewerReview: 'review',
      interviewerRating: 'rating',
    }).flatMap(([name, now]) => (name === 'timeToProvideFeedback' ? [] : [[`AppointmentWhere.${name}`, now]])),
  ),
  'InterviewerWhere.search': 'name: { contains: … }',
  'CandidateWhere.search': 'name: { contains: … }',
  'AppointmentOrderField.INTERVIEW_CREATE_DATE': 'ROW_INTERVIEW_CREATE_DATE',
  'AppointmentOrderField.INTERVIEW_UPDATE_DATE': 'ROW_INTERVIEW_UPDATE_DATE',
};

/**
 * Adds a suggestion to a message of graphql-js, if there is one: the replacement of a former name, or the filter object for a plain value.
 * `value`: the value as JSON; undefined if the message itself quotes it.
 */
export function withHint(schema: GraphQLSchema, message: string, value?: string): string {
  const [, name = '', type = ''] =
    /^(?:Field|Value) "(\w+)" (?:is not defined by type|does not exist in) "(\w+)"/.exec(message) ?? [];
  const now = RENAMED[`${type}.${name}`];
  if (now !== undefined) return `"${name}" is no longer in ${type}; write ${now}.`;
  if (type.endsWith('ListFilter')) return `${message} To filter by related items, write { some: { ${name}: … } }.`;
  const [, filter = '', found = value] =
    /^Expected (?:value of )?type "(\w+)"(?:, found (.*)\.$| to be an object\.$)/s.exec(message) ?? [];
  const fields = schema.getType(filter);
  if (!isInputObjectType(fields) || found === undefined || !('eq' in fields.getFields())) return message;
  return `${message} A filter is an object: ${found.startsWith('[') ? `{ in: ${found} }` : `{ eq: ${found} }`}.`;
}
