import { builder, ID_DESCRIPTION } from '../builder.ts';
import { lookup, relatedConnection, relatedList, rootConnection } from '../connection/fields.ts';
import { registerNodeType } from '../connection/nodes/node-types.ts';
import { metricsOf } from '../metrics/of-items.ts';
import { catalogueFields } from './catalogue-field.ts';

const { attribute } = catalogueFields('job');

const Job = builder.prismaNode('Job', {
  description: 'A job opening.',
  id: { field: 'jobId', description: ID_DESCRIPTION },
  nullable: true,
  fields: (t) => ({
    jobId: t.expose('jobId', { ...attribute('jobId'), type: 'UUID', nullable: false }),
    title: t.exposeString('title', attribute('title')),
    department: t.exposeString('department', attribute('department')),
    applications: t.field(relatedConnection('job', 'applications', t.arg)),
    appointments: t.field(relatedConnection('job', 'appointments', t.arg)),
    interviews: t.field(relatedConnection('job', 'interviews', t.arg)),
    timeSlots: t.field(relatedConnection('job', 'timeSlots', t.arg)),
    candidates: t.field(relatedConnection('job', 'candidates', t.arg)),
    interviewers: t.field(relatedList('job', 'interviewers')),
    metrics: t.field(metricsOf('job', t.arg, 'Measures of its appointments. One statement for any number of jobs.')),
  }),
});

registerNodeType('job', Job);

builder.queryFields((t) => ({
  job: t.field({
    ...lookup('job', ({ jobId }: { readonly jobId: string }) => [jobId]),
    description: 'Looks up a job by its ID in the applicant-tracking system.',
    args: { jobId: t.arg({ type: 'UUID', required: true, description: 'ID.' }) },
  }),
  jobs: t.field(rootConnection('job', t.arg, 'All jobs.')),
}));
