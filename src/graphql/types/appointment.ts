import { builder, ID_DESCRIPTION } from '../builder.ts';
import { rootConnection } from '../connection/fields.ts';
import { pairOf, writePair } from '../connection/global-id.ts';
import { registerNodeType } from '../connection/node-types.ts';
import { catalogueFields } from './catalogue-field.ts';
import { ResponseStatus } from './enumerations.ts';
import { ExtractRow } from './extract-row.ts';
import { fullName } from './full-name.ts';

const { attribute, relation } = catalogueFields('appointment');

const Appointment = builder.prismaNode('Appointment', {
  description: 'One interviewer’s appointment in a time slot: one row of the extract.',
  id: { resolve: ({ rowId, interviewId }) => writePair(rowId, interviewId), description: ID_DESCRIPTION },
  findUnique: (id) => {
    const [rowId, interviewId] = pairOf(id);
    return { interviewId_rowId: { interviewId, rowId } };
  },
  nullable: true,
  fields: (t) => ({
    status: t.expose('interviewerStatus', { ...attribute('status'), type: ResponseStatus }),
    review: t.exposeString('interviewerReview', attribute('review')),
    rating: t.float({
      ...attribute('rating'),
      resolve: ({ interviewerRating }) => interviewerRating?.toNumber(),
    }),
    timeToProvideFeedback: t.float({
      ...attribute('timeToProvideFeedback'),
      resolve: ({ timeToProvideFeedback }) => timeToProvideFeedback?.toNumber(),
    }),
    reviewedAt: t.expose('reviewedAt', { ...attribute('reviewedAt'), type: 'DateTime' }),
    startsAt: t.expose('startsAt', { ...attribute('startsAt'), type: 'DateTime' }),
    endsAt: t.expose('endsAt', { ...attribute('endsAt'), type: 'DateTime' }),
    interviewerName: t.string({
      ...attribute('interviewerName'),
      resolve: ({ interviewerFirstName, interviewerLastName }) => fullName(interviewerFirstName, interviewerLastName),
    }),
    interviewer: t.relation('interviewer', relation('interviewer')),
    timeSlot: t.relation('timeSlot', { ...relation('timeSlot'), nullable: false }),
    interview: t.relation('interview', { ...relation('interview'), nullable: false }),
    job: t.relation('job', relation('job')),
    candidate: t.relation('candidate', relation('candidate')),
    application: t.relation('application', relation('application')),
    row: t.variant(ExtractRow, { description: 'The 30 fields of the row, unchanged.' }),
  }),
});

registerNodeType('appointment', Appointment);

builder.queryField('appointments', (t) =>
  t.field(rootConnection('appointment', t.arg, 'All appointments: the rows of the extract.')),
);
