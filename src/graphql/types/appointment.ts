import { builder, ID_DESCRIPTION } from '../builder.ts';
import { relatedItem, requiredItem, rootConnection } from '../connection/fields.ts';
import { pairOf, writePair } from '../connection/nodes/global-id.ts';
import { registerNodeType } from '../connection/nodes/node-types.ts';
import { catalogueFields } from './catalogue-field.ts';
import { ResponseStatus } from './enumerations.ts';
import { ExtractRow } from './extract-row.ts';
import { fullName } from './full-name.ts';

const { attribute } = catalogueFields('appointment');

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
    rating: t.exposeFloat('interviewerRating', attribute('rating')),
    timeToProvideFeedback: t.exposeFloat('timeToProvideFeedback', attribute('timeToProvideFeedback')),
    reviewedAt: t.expose('reviewedAt', { ...attribute('reviewedAt'), type: 'DateTime' }),
    startsAt: t.expose('startsAt', { ...attribute('startsAt'), type: 'DateTime' }),
    endsAt: t.expose('endsAt', { ...attribute('endsAt'), type: 'DateTime' }),
    interviewerName: t.string({
      ...attribute('interviewerName'),
      resolve: ({ interviewerFirstName, interviewerLastName }) => fullName(interviewerFirstName, interviewerLastName),
    }),
    interviewer: t.field(relatedItem('appointment', 'interviewer')),
    timeSlot: t.field(requiredItem('appointment', 'timeSlot')),
    interview: t.field(requiredItem('appointment', 'interview')),
    job: t.field(relatedItem('appointment', 'job')),
    candidate: t.field(relatedItem('appointment', 'candidate')),
    application: t.field(relatedItem('appointment', 'application')),
    row: t.field({
      type: ExtractRow,
      nullable: false,
      description: 'The 30 fields of the row, unchanged.',
      resolve: (appointment) => appointment,
    }),
  }),
});

registerNodeType('appointment', Appointment);

builder.queryField('appointments', (t) =>
  t.field(rootConnection('appointment', t.arg, 'All appointments: the rows of the extract.')),
);
