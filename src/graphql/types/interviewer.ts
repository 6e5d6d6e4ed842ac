import { builder, PERSONAL } from '../builder.ts';
import { attribute } from './attribute.ts';
import { fullName } from './full-name.ts';

const about = (name: string) => attribute('employee', name);

export const Interviewer = builder.prismaNode('Employee', {
  name: 'Interviewer',
  description: 'An employee who interviews or schedules.',
  id: { field: 'employeeId', description: 'The id in this API.' },
  nullable: true,
  fields: (t) => ({
    employeeId: t.exposeString('employeeId', { ...about('employeeId'), nullable: false }),
    firstName: t.exposeString('firstName', about('firstName')),
    lastName: t.exposeString('lastName', about('lastName')),
    name: t.string({
      description: 'First and last name.',
      extensions: PERSONAL,
      resolve: fullName,
    }),
  }),
});
