import { builder, ID_DESCRIPTION } from '../builder.ts';
import { lookup, relatedConnection, relatedItem, relatedList, rootConnection } from '../connection/fields.ts';
import { registerNodeType } from '../connection/nodes/node-types.ts';
import { requireStorable } from '../connection/where/storable.ts';
import { catalogueFields } from './catalogue-field.ts';
import { InterviewType, ResponseStatus } from './enumerations.ts';

const { attribute } = catalogueFields('interview');

const Interview = builder.prismaNode('Interview', {
  description: 'An interview of a candidate for a job, in one or more time slots.',
  id: { field: 'interviewId', description: ID_DESCRIPTION },
  nullable: true,
  fields: (t) => ({
    interviewId: t.exposeString('interviewId', { ...attribute('interviewId'), nullable: false }),
    type: t.expose('type', { ...attribute('type'), type: InterviewType }),
    location: t.exposeString('location', attribute('location')),
    timeZone: t.expose('timeZone', { ...attribute('timeZone'), type: 'TimeZone' }),
    createdAt: t.expose('createdAt', { ...attribute('createdAt'), type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { ...attribute('updatedAt'), type: 'DateTime' }),
    startDate: t.expose('startDate', { ...attribute('startDate'), type: 'LocalDateTime' }),
    startsAt: t.expose('startsAt', { ...attribute('startsAt'), type: 'DateTime' }),
    endsAt: t.expose('endsAt', { ...attribute('endsAt'), type: 'DateTime' }),
    duration: t.exposeFloat('duration', attribute('duration')),
    canceled: t.exposeBoolean('canceled', attribute('canceled')),
    candidateStatus: t.expose('candidateStatus', { ...attribute('candidateStatus'), type: ResponseStatus }),
    applicationId: t.expose('applicationId', { ...attribute('applicationId'), type: 'UUID' }),
    candidateProfileId: t.expose('candidateProfileId', { ...attribute('candidateProfileId'), type: 'UUID' }),
    jobId: t.expose('jobId', { ...attribute('jobId'), type: 'UUID' }),
    creatorEmployeeId: t.exposeString('creatorEmployeeId', attribute('creatorEmployeeId')),
    application: t.field(relatedItem('interview', 'application')),
    candidate: t.field(relatedItem('interview', 'candidate')),
    job: t.field(relatedItem('interview', 'job')),
    creator: t.field(relatedItem('interview', 'creator')),
    timeSlots: t.field(relatedList('interview', 'timeSlots')),
    interviewers: t.field(relatedList('interview', 'interviewers')),
    appointments: t.field(relatedConnection('interview', 'appointments', t.arg)),
  }),
});

registerNodeType('interview', Interview);

builder.queryFields((t) => ({
  interview: t.field({
    ...lookup('interview', ({ interviewId }: { readonly interviewId: string }) => [
      requireStorable('interviewId', interviewId),
    ]),
    description: 'Looks up an interview by its ID in the applicant-tracking system.',
    args: { interviewId: t.arg.string({ required: true, description: 'ID.' }) },
  }),
  interviews: t.field(rootConnection('interview', t.arg, 'All interviews.')),
}));
