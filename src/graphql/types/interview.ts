import { builder } from '../builder.ts';
import { attribute, relation } from './attribute.ts';
import { InterviewType, ResponseStatus } from './enumerations.ts';

const about = (name: string) => attribute('interview', name);

export const Interview = builder.prismaNode('Interview', {
  description: 'An interview of a candidate for a job, in one or more time slots.',
  id: { field: 'interviewId', description: 'The id in this API.' },
  nullable: true,
  fields: (t) => ({
    interviewId: t.exposeString('interviewId', { ...about('interviewId'), nullable: false }),
    type: t.expose('type', { ...about('type'), type: InterviewType }),
    location: t.exposeString('location', about('location')),
    timeZone: t.expose('timeZone', { ...about('timeZone'), type: 'TimeZone' }),
    createdAt: t.expose('createdAt', { ...about('createdAt'), type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { ...about('updatedAt'), type: 'DateTime' }),
    startDate: t.expose('startDate', { ...about('startDate'), type: 'LocalDateTime' }),
    startsAt: t.expose('startsAt', { ...about('startsAt'), type: 'DateTime' }),
    duration: t.float({ ...about('duration'), resolve: ({ duration }) => duration?.toNumber() }),
    canceled: t.exposeBoolean('canceled', about('canceled')),
    candidateStatus: t.expose('candidateStatus', { ...about('candidateStatus'), type: ResponseStatus }),
    application: t.relation('application', relation('interview', 'application')),
    candidate: t.relation('candidate', relation('interview', 'candidate')),
    job: t.relation('job', relation('interview', 'job')),
    creator: t.relation('creator', relation('interview', 'creator')),
    timeSlots: t.relation('timeSlots', {
      ...relation('interview', 'timeSlots'),
      nullable: false,
      query: { orderBy: [{ startTime: 'asc' }, { endTime: 'asc' }, { slotId: 'asc' }] },
    }),
  }),
});
