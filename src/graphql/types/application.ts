import { builder } from '../builder.ts';
import { attribute, relation } from './attribute.ts';
import { ApplicationStage } from './enumerations.ts';

const about = (name: string) => attribute('application', name);

export const Application = builder.prismaNode('Application', {
  description: 'A candidate’s application for a job.',
  id: { field: 'applicationId', description: 'The id in this API.' },
  nullable: true,
  fields: (t) => ({
    applicationId: t.expose('applicationId', { ...about('applicationId'), type: 'UUID', nullable: false }),
    stage: t.expose('stage', { ...about('stage'), type: ApplicationStage }),
    step: t.exposeString('step', about('step')),
    candidate: t.relation('candidate', relation('application', 'candidate')),
    job: t.relation('job', relation('application', 'job')),
  }),
});
