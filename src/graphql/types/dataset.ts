import { type DatasetState, readDatasetState } from '../../db/query/state/dataset.ts';
import { builder, NOT_VERSIONED } from '../builder.ts';

export const Dataset = builder.objectRef<DatasetState>('Dataset').implement({
  description: 'The stored data as a whole.',
  fields: (t) => ({
    version: t.exposeString('version', {
      nullable: false,
      description: 'Version of the data; changes with every import that changes rows or names.',
    }),
    importedAt: t.expose('importedAt', { type: 'DateTime', description: 'Time of the last import.' }),
    knownAt: t.expose('knownAt', {
      type: 'DateTime',
      description:
        'The time that the stored rows are known to be of: as an import of rows stated it, otherwise its beginning. It never goes back, except when the sample is replaced. Null if no rows were imported.',
    }),
    sample: t.exposeBoolean('sample', {
      nullable: false,
      description: 'Whether the data are the sample that comes with the program.',
    }),
    appointments: t.exposeInt('appointments', {
      nullable: false,
      description: 'Number of appointments, which are rows of the extract.',
    }),
    interviews: t.exposeInt('interviews', { nullable: false, description: 'Number of interviews.' }),
    interviewers: t.exposeInt('employees', {
      nullable: false,
      description: 'Number of employees who interview or schedule.',
    }),
    candidates: t.exposeInt('candidates', { nullable: false, description: 'Number of candidates.' }),
    jobs: t.exposeInt('jobs', { nullable: false, description: 'Number of jobs.' }),
    applications: t.exposeInt('applications', { nullable: false, description: 'Number of applications.' }),
    firstStart: t.expose('firstStart', { type: 'DateTime', description: 'Start of the first interview.' }),
    lastStart: t.expose('lastStart', { type: 'DateTime', description: 'Start of the last interview.' }),
  }),
});

builder.queryField('dataset', (t) =>
  t.field({
    type: Dataset,
    nullable: false,
    extensions: NOT_VERSIONED,
    description: 'The stored data: version, time of the last import, counts.',
    resolve: (_root, _args, { query, keptCounts, viewer }) => readDatasetState(query, keptCounts, viewer),
  }),
);
