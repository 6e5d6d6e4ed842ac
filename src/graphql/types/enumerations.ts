import { APPLICATION_STAGES, INTERVIEW_TYPES, RESPONSE_STATUSES } from '../../domain/fields.ts';
import { builder } from '../builder.ts';

/** `IN_REVIEW` as a person says it. */
const words = (name: string): string => name.toLowerCase().replaceAll('_', ' ');

const values = <T extends string>(names: readonly T[], about: (name: string) => string) =>
  Object.fromEntries(names.map((name) => [name, { description: about(words(name)) }])) as Record<
    T,
    { description: string }
  >;

export const ApplicationStage = builder.enumType('ApplicationStage', {
  description: 'Stage of an application in the hiring process.',
  values: values(APPLICATION_STAGES, (name) => `The application is in the stage ${name}.`),
});
export const ResponseStatus = builder.enumType('ResponseStatus', {
  description: 'Response to an invitation.',
  values: values(RESPONSE_STATUSES, (name) => `The answer is ${name}.`),
});
export const InterviewType = builder.enumType('InterviewType', {
  description: 'Type of an interview.',
  values: values(
    INTERVIEW_TYPES,
    (name) => `It is held ${{ onsite: 'on site', phone: 'by phone', video: 'by video' }[name] ?? 'in another way'}.`,
  ),
});

/** The enumeration of a Postgres type. */
export const ENUMERATIONS: Readonly<
  Record<string, typeof ApplicationStage | typeof ResponseStatus | typeof InterviewType>
> = {
  application_stage: ApplicationStage,
  response_status: ResponseStatus,
  interview_type: InterviewType,
};
