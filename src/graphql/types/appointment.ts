import { builder, PERSONAL } from '../builder.ts';
import { pairOf, writePair } from '../connection/global-id.ts';
import { attribute, relation } from './attribute.ts';
import { ResponseStatus } from './enumerations.ts';
import { ExtractRow } from './extract-row.ts';
import { fullName } from './full-name.ts';

const about = (name: string) => attribute('appointment', name);

export const Appointment = builder.prismaNode('Appointment', {
  description: 'One interviewer’s appointment in a time slot: one row of the extract.',
  id: { resolve: ({ rowId, interviewId }) => writePair(rowId, interviewId), description: 'The id in this API.' },
  findUnique: (id) => {
    const [rowId, interviewId] = pairOf(id);
    return { interviewId_rowId: { interviewId, rowId } };
  },
  nullable: true,
  fields: (t) => ({
    status: t.expose('interviewerStatus', { ...about('interviewerStatus'), type: ResponseStatus }),
    review: t.exposeString('interviewerReview', about('interviewerReview')),
    rating: t.float({
      ...about('interviewerRating'),
      resolve: ({ interviewerRating }) => interviewerRating?.toNumber(),
    }),
    timeToProvideFeedback: t.float({
      ...about('timeToProvideFeedback'),
      description: 'Hours from the end of the time slot to the review.',
      resolve: ({ timeToProvideFeedback }) => timeToProvideFeedback?.toNumber(),
    }),
    reviewedAt: t.expose('reviewedAt', { ...about('reviewedAt'), type: 'DateTime' }),
    interviewerName: t.string({
      description: 'First and last name of who interviews as the row states them, also of somebody without an id.',
      extensions: PERSONAL,
      resolve: ({ interviewerFirstName, interviewerLastName }) =>
        fullName({ firstName: interviewerFirstName, lastName: interviewerLastName }),
    }),
    interviewer: t.relation('interviewer', relation('appointment', 'interviewer')),
    timeSlot: t.relation('timeSlot', { ...relation('appointment', 'timeSlot'), nullable: false }),
    interview: t.relation('interview', { ...relation('appointment', 'interview'), nullable: false }),
    row: t.variant(ExtractRow, { description: 'The 30 fields of the row, as it states them.' }),
  }),
});
