import { builder, PERSONAL } from '../builder.ts';
import { attribute } from './attribute.ts';
import { fullName } from './full-name.ts';

const about = (name: string) => attribute('candidate', name);

export const Candidate = builder.prismaNode('Candidate', {
  description: 'Somebody who applies.',
  id: { field: 'candidateProfileId', description: 'The id in this API.' },
  nullable: true,
  fields: (t) => ({
    candidateProfileId: t.expose('candidateProfileId', {
      ...about('candidateProfileId'),
      type: 'UUID',
      nullable: false,
    }),
    firstName: t.exposeString('firstName', about('firstName')),
    lastName: t.exposeString('lastName', about('lastName')),
    name: t.string({
      description: 'First and last name, where they were given.',
      extensions: PERSONAL,
      resolve: fullName,
    }),
  }),
});
