import { type DatasetState, readDatasetState } from '../../db/query/dataset.ts';
import { builder } from '../builder.ts';

const Dataset = builder.objectRef<DatasetState>('Dataset').implement({
  description: 'What is stored as a whole.',
  fields: (t) => ({
    version: t.exposeString('version', {
      nullable: false,
      description: 'Changes with every import that changes something.',
    }),
    importedAt: t.expose('importedAt', { type: 'DateTime', description: 'The end of the last import.' }),
    sample: t.exposeBoolean('sample', {
      nullable: false,
      description: 'Whether this is the sample that came with the program.',
    }),
    appointments: t.exposeInt('appointments', {
      nullable: false,
      description: 'How many appointments, which are rows of the extract.',
    }),
    interviews: t.exposeInt('interviews', { nullable: false, description: 'How many interviews.' }),
    interviewers: t.exposeInt('employees', {
      nullable: false,
      description: 'How many employees who interview or schedule.',
    }),
    candidates: t.exposeInt('candidates', { nullable: false, description: 'How many candidates.' }),
    jobs: t.exposeInt('jobs', { nullable: false, description: 'How many jobs.' }),
    applications: t.exposeInt('applications', { nullable: false, description: 'How many applications.' }),
    firstStart: t.expose('firstStart', { type: 'DateTime', description: 'The start of the first interview.' }),
    lastStart: t.expose('lastStart', { type: 'DateTime', description: 'The start of the last interview.' }),
  }),
});

builder.queryField('dataset', (t) =>
  t.field({
    type: Dataset,
    nullable: false,
    description: 'What is stored: its version, its age and its size.',
    resolve: (_root, _args, { query }) => readDatasetState(query),
  }),
);
