import { builder, PERSONAL } from '../builder.ts';
import { attributeField } from './attribute-field.ts';
import { joinNames } from './join-names.ts';

const field = (name: string) => attributeField('employee', name);

export const Interviewer = builder.prismaNode('Employee', {
  name: 'Interviewer',
  description: 'An employee who interviews or schedules.',
  id: { field: 'employeeId', description: 'Globally unique ID in this API.' },
  nullable: true,
  fields: (t) => ({
    employeeId: t.exposeString('employeeId', { ...field('employeeId'), nullable: false }),
    firstName: t.exposeString('firstName', field('firstName')),
    lastName: t.exposeString('lastName', field('lastName')),
    name: t.string({
      description: 'First and last name.',
      extensions: PERSONAL,
      resolve: joinNames,
    }),
  }),
});
