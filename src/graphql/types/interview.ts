import { builder } from '../builder.ts';
import { attributeField, relationField } from './attribute-field.ts';
import { InterviewType, ResponseStatus } from './enumerations.ts';

const field = (name: string) => attributeField('interview', name);

export const Interview = builder.prismaNode('Interview', {
  description: 'An interview of a candidate for a job, in one or more time slots.',
  id: { field: 'interviewId', description: 'Globally unique ID in this API.' },
  nullable: true,
  fields: (t) => ({
    interviewId: t.exposeString('interviewId', { ...field('interviewId'), nullable: false }),
    type: t.expose('type', { ...field('type'), type: InterviewType }),
    location: t.exposeString('location', field('location')),
    timeZone: t.expose('timeZone', { ...field('timeZone'), type: 'TimeZone' }),
    createdAt: t.expose('createdAt', { ...field('createdAt'), type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { ...field('updatedAt'), type: 'DateTime' }),
    startDate: t.expose('startDate', { ...field('startDate'), type: 'LocalDateTime' }),
    startsAt: t.expose('startsAt', { ...field('startsAt'), type: 'DateTime' }),
    duration: t.float({ ...field('duration'), resolve: ({ duration }) => duration?.toNumber() }),
    canceled: t.exposeBoolean('canceled', field('canceled')),
    candidateStatus: t.expose('candidateStatus', { ...field('candidateStatus'), type: ResponseStatus }),
    application: t.relation('application', relationField('interview', 'application')),
    candidate: t.relation('candidate', relationField('interview', 'candidate')),
    job: t.relation('job', relationField('interview', 'job')),
    creator: t.relation('creator', relationField('interview', 'creator')),
    timeSlots: t.relation('timeSlots', {
      ...relationField('interview', 'timeSlots'),
      nullable: false,
      query: { orderBy: [{ startTime: 'asc' }, { endTime: 'asc' }, { slotId: 'asc' }] },
    }),
  }),
});
