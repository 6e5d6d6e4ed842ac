import { builder, PERSONAL } from '../builder.ts';
import { attributeField } from './attribute-field.ts';
import { joinNames } from './join-names.ts';

const field = (name: string) => attributeField('candidate', name);

export const Candidate = builder.prismaNode('Candidate', {
  description: 'A person who applies for jobs.',
  id: { field: 'candidateProfileId', description: 'Globally unique ID in this API.' },
  nullable: true,
  fields: (t) => ({
    candidateProfileId: t.expose('candidateProfileId', {
      ...field('candidateProfileId'),
      type: 'UUID',
      nullable: false,
    }),
    firstName: t.exposeString('firstName', field('firstName')),
    lastName: t.exposeString('lastName', field('lastName')),
    name: t.string({
      description: 'First and last name, if imported.',
      extensions: PERSONAL,
      resolve: joinNames,
    }),
  }),
});
