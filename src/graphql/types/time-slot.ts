import { builder } from '../builder.ts';
import { pairOf, writePair } from '../connection/global-id.ts';
import { attribute, relation } from './attribute.ts';
import { ApplicationStage } from './enumerations.ts';

const about = (name: string) => attribute('timeSlot', name);

builder.prismaNode('TimeSlot', {
  description: 'A part of an interview: one time in one room, with one or more interviewers.',
  id: { resolve: ({ slotId, interviewId }) => writePair(slotId, interviewId), description: 'The id in this API.' },
  findUnique: (id) => {
    const [slotId, interviewId] = pairOf(id);
    return { interviewId_slotId: { interviewId, slotId } };
  },
  nullable: true,
  fields: (t) => ({
    startTime: t.expose('startTime', { ...about('startTime'), type: 'LocalDateTime' }),
    endTime: t.expose('endTime', { ...about('endTime'), type: 'LocalDateTime' }),
    startsAt: t.expose('startsAt', { ...about('startsAt'), type: 'DateTime' }),
    endsAt: t.expose('endsAt', { ...about('endsAt'), type: 'DateTime' }),
    duration: t.float({ ...about('duration'), resolve: ({ duration }) => duration?.toNumber() }),
    room: t.exposeString('room', about('room')),
    applicationStage: t.expose('applicationStage', { ...about('applicationStage'), type: ApplicationStage }),
    applicationStep: t.exposeString('applicationStep', about('applicationStep')),
    interviewerCount: t.exposeInt('interviewerCount', about('interviewerCount')),
    interview: t.relation('interview', { ...relation('timeSlot', 'interview'), nullable: false }),
    appointments: t.relation('appointments', {
      ...relation('timeSlot', 'appointments'),
      nullable: false,
      query: { orderBy: [{ interviewerEmployeeId: 'asc' }, { rowId: 'asc' }] },
    }),
  }),
});
