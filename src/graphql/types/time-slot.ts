import { builder, ID_DESCRIPTION } from '../builder.ts';
import { pairOf, writePair } from '../connection/global-id.ts';
import { registerNodeType } from '../connection/node-types.ts';
import { catalogueFields } from './catalogue-field.ts';
import { ApplicationStage } from './enumerations.ts';

const { attribute, relation } = catalogueFields('timeSlot');

const TimeSlot = builder.prismaNode('TimeSlot', {
  description: 'A part of an interview: one period in one room with one or more interviewers.',
  id: { resolve: ({ slotId, interviewId }) => writePair(slotId, interviewId), description: ID_DESCRIPTION },
  findUnique: (id) => {
    const [slotId, interviewId] = pairOf(id);
    return { interviewId_slotId: { interviewId, slotId } };
  },
  nullable: true,
  fields: (t) => ({
    interviewId: t.exposeString('interviewId', { ...attribute('interviewId'), nullable: false }),
    startTime: t.expose('startTime', { ...attribute('startTime'), type: 'LocalDateTime' }),
    endTime: t.expose('endTime', { ...attribute('endTime'), type: 'LocalDateTime' }),
    startsAt: t.expose('startsAt', { ...attribute('startsAt'), type: 'DateTime' }),
    endsAt: t.expose('endsAt', { ...attribute('endsAt'), type: 'DateTime' }),
    duration: t.float({ ...attribute('duration'), resolve: ({ duration }) => duration?.toNumber() }),
    room: t.exposeString('room', attribute('room')),
    applicationStage: t.expose('applicationStage', { ...attribute('applicationStage'), type: ApplicationStage }),
    applicationStep: t.exposeString('applicationStep', attribute('applicationStep')),
    interviewerCount: t.exposeInt('interviewerCount', attribute('interviewerCount')),
    interview: t.relation('interview', { ...relation('interview'), nullable: false }),
    appointments: t.relation('appointments', {
      ...relation('appointments'),
      nullable: false,
      query: { orderBy: [{ interviewerEmployeeId: 'asc' }, { rowId: 'asc' }] },
    }),
  }),
});

registerNodeType('timeSlot', TimeSlot);
