import { builder, ID_DESCRIPTION } from '../builder.ts';
import { lookup, relatedConnection, relatedItem, rootConnection } from '../connection/fields.ts';
import { registerNodeType } from '../connection/nodes/node-types.ts';
import { catalogueFields } from './catalogue-field.ts';
import { ApplicationStage } from './enumerations.ts';

const { attribute } = catalogueFields('application');

const Application = builder.prismaNode('Application', {
  description: 'A candidate’s application for a job.',
  id: { field: 'applicationId', description: ID_DESCRIPTION },
  nullable: true,
  fields: (t) => ({
    applicationId: t.expose('applicationId', { ...attribute('applicationId'), type: 'UUID', nullable: false }),
    candidateProfileId: t.expose('candidateProfileId', { ...attribute('candidateProfileId'), type: 'UUID' }),
    jobId: t.expose('jobId', { ...attribute('jobId'), type: 'UUID' }),
    stage: t.expose('stage', { ...attribute('stage'), type: ApplicationStage }),
    step: t.exposeString('step', attribute('step')),
    candidate: t.field(relatedItem('application', 'candidate')),
    job: t.field(relatedItem('application', 'job')),
    appointments: t.field(relatedConnection('application', 'appointments', t.arg)),
    interviews: t.field(relatedConnection('application', 'interviews', t.arg)),
    timeSlots: t.field(relatedConnection('application', 'timeSlots', t.arg)),
  }),
});

registerNodeType('application', Application);

builder.queryFields((t) => ({
  application: t.field({
    ...lookup('application', ({ applicationId }: { readonly applicationId: string }) => [applicationId]),
    description: 'Looks up an application by its ID in the applicant-tracking system.',
    args: { applicationId: t.arg({ type: 'UUID', required: true, description: 'ID.' }) },
  }),
  applications: t.field(rootConnection('application', t.arg, 'All applications.')),
}));
