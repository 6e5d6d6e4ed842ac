import { builder } from '../builder.ts';
import { attribute } from './attribute.ts';

const about = (name: string) => attribute('job', name);

export const Job = builder.prismaNode('Job', {
  description: 'A job that is to be filled.',
  id: { field: 'jobId', description: 'The id in this API.' },
  nullable: true,
  fields: (t) => ({
    jobId: t.expose('jobId', { ...about('jobId'), type: 'UUID', nullable: false }),
    title: t.exposeString('title', about('title')),
    department: t.exposeString('department', about('department')),
  }),
});
