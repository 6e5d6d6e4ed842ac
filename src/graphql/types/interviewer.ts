import { builder, ID_DESCRIPTION } from '../builder.ts';
import { lookup, relatedConnection, rootConnection } from '../connection/fields.ts';
import { registerNodeType } from '../connection/nodes/node-types.ts';
import { requireStorable } from '../connection/where/storable.ts';
import { metricsOf } from '../metrics/of-items.ts';
import { catalogueFields } from './catalogue-field.ts';
import { fullName } from './full-name.ts';

const { attribute } = catalogueFields('employee');

const Interviewer = builder.prismaNode('Employee', {
  name: 'Interviewer',
  description: 'An employee who interviews or schedules.',
  id: { field: 'employeeId', description: ID_DESCRIPTION },
  nullable: true,
  fields: (t) => ({
    employeeId: t.exposeString('employeeId', { ...attribute('employeeId'), nullable: false }),
    firstName: t.exposeString('firstName', attribute('firstName')),
    lastName: t.exposeString('lastName', attribute('lastName')),
    name: t.string({ ...attribute('name'), resolve: ({ firstName, lastName }) => fullName(firstName, lastName) }),
    appointments: t.field(relatedConnection('employee', 'appointments', t.arg)),
    interviews: t.field(relatedConnection('employee', 'interviews', t.arg)),
    createdInterviews: t.field(relatedConnection('employee', 'createdInterviews', t.arg)),
    metrics: t.field(
      metricsOf(
        'employee',
        t.arg,
        'Measures of the appointments in which they interview. One statement for any number of interviewers.',
      ),
    ),
  }),
});

registerNodeType('employee', Interviewer);

builder.queryFields((t) => ({
  interviewer: t.field({
    ...lookup('employee', ({ employeeId }: { readonly employeeId: string }) => [
      requireStorable('employeeId', employeeId),
    ]),
    description: 'Looks up an employee by ID in the applicant-tracking system.',
    args: { employeeId: t.arg.string({ required: true, description: 'ID.' }) },
  }),
  interviewers: t.field(rootConnection('employee', t.arg, 'All employees who interview or schedule.')),
}));
