import { builder, ID_DESCRIPTION } from '../builder.ts';
import { relatedList, requiredItem } from '../connection/fields.ts';
import { pairOf, writePair } from '../connection/nodes/global-id.ts';
import { registerNodeType } from '../connection/nodes/node-types.ts';
import { catalogueFields } from './catalogue-field.ts';
import { ApplicationStage } from './enumerations.ts';

const { attribute } = catalogueFields('timeSlot');

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
    duration: t.exposeFloat('duration', attribute('duration')),
    room: t.exposeString('room', attribute('room')),
    applicationStage: t.expose('applicationStage', { ...attribute('applicationStage'), type: ApplicationStage }),
    applicationStep: t.exposeString('applicationStep', attribute('applicationStep')),
    interviewerCount: t.exposeInt('interviewerCount', attribute('interviewerCount')),
    interview: t.field(requiredItem('timeSlot', 'interview')),
    appointments: t.field(relatedList('timeSlot', 'appointments')),
  }),
});

registerNodeType('timeSlot', TimeSlot);
