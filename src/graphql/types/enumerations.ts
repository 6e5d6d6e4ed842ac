import {
  APPLICATION_STAGES,
  type EnumerationType,
  type INTERVIEW_TYPES,
  RESPONSE_STATUSES,
} from '../../domain/fields.ts';
import { entriesOf, recordOf } from '../../domain/types/records.ts';
import { builder } from '../builder.ts';

/** Writes `IN_REVIEW` as `In review.` */
const words = (name: string): string => `${name.charAt(0)}${name.slice(1).toLowerCase().replaceAll('_', ' ')}.`;

export const ApplicationStage = builder.enumType('ApplicationStage', {
  description: 'Stage of an application in the hiring process.',
  values: recordOf(APPLICATION_STAGES, (name) => ({ description: words(name) })),
});
export const ResponseStatus = builder.enumType('ResponseStatus', {
  description: 'Response to an invitation.',
  values: recordOf(RESPONSE_STATUSES, (name) => ({ description: words(name) })),
});
export const InterviewType = builder.enumType('InterviewType', {
  description: 'Type of an interview.',
  values: {
    ONSITE: { description: 'On site.' },
    PHONE: { description: 'By phone.' },
    VIDEO: { description: 'By video.' },
    OTHER: { description: 'Any other type.' },
  } satisfies Record<(typeof INTERVIEW_TYPES)[number], { description: string }>,
});

type Enumeration = typeof ApplicationStage | typeof ResponseStatus | typeof InterviewType;

const ENUMERATIONS = {
  application_stage: ApplicationStage,
  response_status: ResponseStatus,
  interview_type: InterviewType,
} satisfies Record<EnumerationType, Enumeration>;

const BY_TYPE: ReadonlyMap<string, Enumeration> = new Map(entriesOf<EnumerationType, Enumeration>(ENUMERATIONS));

/** Returns the GraphQL enum of a Postgres enum type. */
export function enumerationOf(type: string): Enumeration {
  const found = BY_TYPE.get(type);
  if (!found) throw new Error(`the API has no enumeration ${type}`);
  return found;
}
