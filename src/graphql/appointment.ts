import { attribute, relation } from './attribute.ts';
import { builder } from './builder.ts';
import { ResponseStatus } from './enumerations.ts';
import { pairOf, writePair } from './global-id.ts';

const about = (name: string) => attribute('appointment', name);

const MILLISECONDS_PER_HOUR = 3_600_000;

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
    reviewedAt: t.field({
      type: 'DateTime',
      description: 'When the review was given: the end of the time slot and the hours since.',
      resolve: ({ endsAt, timeToProvideFeedback }) =>
        endsAt && timeToProvideFeedback
          ? new Date(endsAt.getTime() + timeToProvideFeedback.toNumber() * MILLISECONDS_PER_HOUR)
          : null,
    }),
    interviewer: t.relation('interviewer', relation('appointment', 'interviewer')),
    timeSlot: t.relation('timeSlot', { ...relation('appointment', 'timeSlot'), nullable: false }),
    interview: t.relation('interview', { ...relation('appointment', 'interview'), nullable: false }),
  }),
});
