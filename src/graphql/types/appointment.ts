import { builder, PERSONAL } from '../builder.ts';
import { pairOf, writePair } from '../connection/global-id.ts';
import { attributeField, relationField } from './attribute-field.ts';
import { ResponseStatus } from './enumerations.ts';
import { ExtractRow } from './extract-row.ts';
import { joinNames } from './join-names.ts';

const field = (name: string) => attributeField('appointment', name);

export const Appointment = builder.prismaNode('Appointment', {
  description: 'One interviewer’s appointment in a time slot: one row of the extract.',
  id: {
    resolve: ({ rowId, interviewId }) => writePair(rowId, interviewId),
    description: 'Globally unique ID in this API.',
  },
  findUnique: (id) => {
    const [rowId, interviewId] = pairOf(id);
    return { interviewId_rowId: { interviewId, rowId } };
  },
  nullable: true,
  fields: (t) => ({
    status: t.expose('interviewerStatus', { ...field('interviewerStatus'), type: ResponseStatus }),
    review: t.exposeString('interviewerReview', field('interviewerReview')),
    rating: t.float({
      ...field('interviewerRating'),
      resolve: ({ interviewerRating }) => interviewerRating?.toNumber(),
    }),
    timeToProvideFeedback: t.float({
      ...field('timeToProvideFeedback'),
      description: 'Hours between the end of the time slot and the review.',
      resolve: ({ timeToProvideFeedback }) => timeToProvideFeedback?.toNumber(),
    }),
    reviewedAt: t.expose('reviewedAt', { ...field('reviewedAt'), type: 'DateTime' }),
    interviewerName: t.string({
      description: 'First and last name of the interviewer as in the row, also without an employee ID.',
      extensions: PERSONAL,
      resolve: ({ interviewerFirstName, interviewerLastName }) =>
        joinNames({ firstName: interviewerFirstName, lastName: interviewerLastName }),
    }),
    interviewer: t.relation('interviewer', relationField('appointment', 'interviewer')),
    timeSlot: t.relation('timeSlot', { ...relationField('appointment', 'timeSlot'), nullable: false }),
    interview: t.relation('interview', { ...relationField('appointment', 'interview'), nullable: false }),
    row: t.variant(ExtractRow, { description: 'The 30 fields of the row, unchanged.' }),
  }),
});
