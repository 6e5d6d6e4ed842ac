import { builder, ID_DESCRIPTION } from '../builder.ts';
import { lookup, relatedConnection, relatedList, rootConnection } from '../connection/fields.ts';
import { registerNodeType } from '../connection/nodes/node-types.ts';
import { catalogueFields } from './catalogue-field.ts';
import { fullName } from './full-name.ts';

const { attribute } = catalogueFields('candidate');

const Candidate = builder.prismaNode('Candidate', {
  description: 'A person who applies for jobs.',
  id: { field: 'candidateProfileId', description: ID_DESCRIPTION },
  nullable: true,
  fields: (t) => ({
    candidateProfileId: t.expose('candidateProfileId', {
      ...attribute('candidateProfileId'),
      type: 'UUID',
      nullable: false,
    }),
    firstName: t.exposeString('firstName', attribute('firstName')),
    lastName: t.exposeString('lastName', attribute('lastName')),
    name: t.string({ ...attribute('name'), resolve: ({ firstName, lastName }) => fullName(firstName, lastName) }),
    applications: t.field(relatedConnection('candidate', 'applications', t.arg)),
    appointments: t.field(relatedConnection('candidate', 'appointments', t.arg)),
    interviews: t.field(relatedConnection('candidate', 'interviews', t.arg)),
    timeSlots: t.field(relatedConnection('candidate', 'timeSlots', t.arg)),
    jobs: t.field(relatedList('candidate', 'jobs')),
  }),
});

registerNodeType('candidate', Candidate);

builder.queryFields((t) => ({
  candidate: t.field({
    ...lookup('candidate', ({ candidateProfileId }: { readonly candidateProfileId: string }) => [candidateProfileId]),
    description: 'Looks up a candidate by ID in the applicant-tracking system.',
    args: { candidateProfileId: t.arg({ type: 'UUID', required: true, description: 'ID.' }) },
  }),
  candidates: t.field(rootConnection('candidate', t.arg, 'All candidates.')),
}));
