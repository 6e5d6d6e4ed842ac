import { builder } from '../builder.ts';
import { attributeField, relationField } from './attribute-field.ts';
import { ApplicationStage } from './enumerations.ts';

const field = (name: string) => attributeField('application', name);

export const Application = builder.prismaNode('Application', {
  description: 'A candidate’s application for a job.',
  id: { field: 'applicationId', description: 'Globally unique ID in this API.' },
  nullable: true,
  fields: (t) => ({
    applicationId: t.expose('applicationId', { ...field('applicationId'), type: 'UUID', nullable: false }),
    stage: t.expose('stage', { ...field('stage'), type: ApplicationStage }),
    step: t.exposeString('step', field('step')),
    candidate: t.relation('candidate', relationField('application', 'candidate')),
    job: t.relation('job', relationField('application', 'job')),
  }),
});
