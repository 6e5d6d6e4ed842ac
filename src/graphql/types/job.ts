import { builder } from '../builder.ts';
import { attributeField } from './attribute-field.ts';

const field = (name: string) => attributeField('job', name);

export const Job = builder.prismaNode('Job', {
  description: 'A job opening.',
  id: { field: 'jobId', description: 'Globally unique ID in this API.' },
  nullable: true,
  fields: (t) => ({
    jobId: t.expose('jobId', { ...field('jobId'), type: 'UUID', nullable: false }),
    title: t.exposeString('title', field('title')),
    department: t.exposeString('department', field('department')),
  }),
});
