import type { CodegenConfig } from '@graphql-codegen/cli';

/** Types of the operations in src/, made from the service's own schema into src/gql/. */
const config: CodegenConfig = {
  schema: '../../schema.graphql',
  documents: 'src/**/*.tsx',
  generates: {
    'src/gql/': {
      preset: 'client',
      // persisted-documents.json lists every operation by its hash (README.md, "Persisted operations").
      presetConfig: { fragmentMasking: { unmaskFunctionName: 'unmask' }, persistedDocuments: true },
      config: {
        enumsAsTypes: true,
        strictScalars: true,
        scalars: {
          DateTime: 'string',
          LocalDate: 'string',
          LocalDateTime: 'string',
          TimeZone: 'string',
          UUID: 'string',
        },
        useTypeImports: true,
      },
    },
  },
};

export default config;
