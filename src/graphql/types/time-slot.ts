import { builder } from '../builder.ts';
import { pairOf, writePair } from '../connection/global-id.ts';
import { attributeField, relationField } from './attribute-field.ts';
import { ApplicationStage } from './enumerations.ts';

const field = (name: string) => attributeField('timeSlot', name);

builder.prismaNode('TimeSlot', {
  description: 'A part of an interview: one period in one room with one or more interviewers.',
  id: {
    resolve: ({ slotId, interviewId }) => writePair(slotId, interviewId),
    description: 'Globally unique ID in this API.',
  },
  findUnique: (id) => {
    const [slotId, interviewId] = pairOf(id);
    return { interviewId_slotId: { interviewId, slotId } };
  },
  nullable: true,
  fields: (t) => ({
    startTime: t.expose('startTime', { ...field('startTime'), type: 'LocalDateTime' }),
    endTime: t.expose('endTime', { ...field('endTime'), type: 'LocalDateTime' }),
    startsAt: t.expose('startsAt', { ...field('startsAt'), type: 'DateTime' }),
    endsAt: t.expose('endsAt', { ...field('endsAt'), type: 'DateTime' }),
    duration: t.float({ ...field('duration'), resolve: ({ duration }) => duration?.toNumber() }),
    room: t.exposeString('room', field('room')),
    applicationStage: t.expose('applicationStage', { ...field('applicationStage'), type: ApplicationStage }),
    applicationStep: t.exposeString('applicationStep', field('applicationStep')),
    interviewerCount: t.exposeInt('interviewerCount', field('interviewerCount')),
    interview: t.relation('interview', { ...relationField('timeSlot', 'interview'), nullable: false }),
    appointments: t.relation('appointments', {
      ...relationField('timeSlot', 'appointments'),
      nullable: false,
      query: { orderBy: [{ interviewerEmployeeId: 'asc' }, { rowId: 'asc' }] },
    }),
  }),
});
