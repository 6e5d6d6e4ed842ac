import { readImports } from '../../db/history/read-imports.ts';
import { Failure } from '../../domain/errors.ts';
import type {
  ImportRecord as DomainRecord,
  ImportOrigin,
  ImportOutcomeKind,
} from '../../domain/import/import-record.ts';
import { ADMINISTRATIVE, builder, type Costs } from '../builder.ts';
import { ITEM_COST, PAGE_COST } from '../costs.ts';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '../limits.ts';
import { Dataset } from './dataset.ts';

const ImportOriginType = builder.enumType('ImportOrigin', {
  description: 'The way that an import came.',
  values: {
    COMMAND: { description: '`npm run import`.' },
    HTTP: { description: 'A request, also of the import page.' },
    SYNC: { description: 'Fetched from another service.' },
    SAMPLE: { description: 'The sample that comes with the program.' },
  } satisfies Record<ImportOrigin, { description: string }>,
});

const ImportOutcomeType = builder.enumType('ImportOutcome', {
  description: 'How an import ended.',
  values: {
    CHANGED: { description: 'Saved, with changes.' },
    UNCHANGED: { description: 'Saved; everything was stored already.' },
    REFUSED: { description: 'Nothing was saved, because of what it contained.' },
    FAILED: { description: 'Nothing was saved, because it did not come to its end.' },
  } satisfies Record<ImportOutcomeKind, { description: string }>,
});

const Import = builder.objectRef<DomainRecord>('Import').implement({
  description: 'An import: what it did, or why it saved nothing. Counts are of rows, as in its report.',
  fields: (t) => ({
    begunAt: t.expose('begunAt', { type: 'DateTime', nullable: false, description: 'When it began.' }),
    endedAt: t.expose('endedAt', { type: 'DateTime', nullable: false, description: 'When it ended.' }),
    origin: t.expose('origin', { type: ImportOriginType, nullable: false, description: 'The way that it came.' }),
    upstream: t.exposeString('upstream', {
      description: 'The service that the rows were fetched from, as host and prefix; null if it was no sync.',
    }),
    outcome: t.expose('outcome', { type: ImportOutcomeType, nullable: false, description: 'How it ended.' }),
    read: t.exposeInt('read', { nullable: false, description: 'Rows that were read; 0 if it failed.' }),
    inserted: t.exposeInt('inserted', { nullable: false, description: 'Rows that were inserted.' }),
    updated: t.exposeInt('updated', { nullable: false, description: 'Rows that were updated.' }),
    removed: t.exposeInt('removed', { nullable: false, description: 'Rows that were removed.' }),
    moved: t.exposeInt('moved', { nullable: false, description: 'Rows that moved to another time.' }),
    refused: t.exposeInt('refused', { nullable: false, description: 'Rows that were refused.' }),
    namesChanged: t.exposeInt('namesChanged', {
      nullable: false,
      description: 'Jobs and candidates whose names were set or changed.',
    }),
    asOf: t.expose('asOf', {
      type: 'DateTime',
      description: 'The time that its rows are of; null if it saved no rows.',
    }),
    code: t.exposeString('code', {
      description: 'Why it saved nothing: the code of an error, or `INTERRUPTED`; null if it was saved.',
    }),
    message: t.exposeString('message', {
      description: 'The same in words, without values of rows; null if it was saved.',
    }),
  }),
});

builder.objectField(Dataset, 'imports', (t) =>
  t.field({
    type: [Import],
    nullable: { list: false, items: false },
    description: 'The last imports, the latest first. About 1,000 are kept.',
    args: {
      first: t.arg.int({
        required: true,
        defaultValue: DEFAULT_PAGE_SIZE,
        description: `Number of imports: up to ${MAX_PAGE_SIZE}.`,
      }),
    },
    extensions: {
      ...ADMINISTRATIVE,
      cost: {
        sizes: ['first'],
        of: ({ first = DEFAULT_PAGE_SIZE }) => ({
          field: PAGE_COST + ITEM_COST * Math.min(Math.max(first, 1), MAX_PAGE_SIZE),
          multiplier: Math.min(Math.max(first, 1), MAX_PAGE_SIZE),
        }),
      },
    } satisfies Costs & typeof ADMINISTRATIVE,
    resolve: (_dataset, { first }, { query }) => {
      if (first < 0 || first > MAX_PAGE_SIZE)
        throw new Failure(
          'BAD_USER_INPUT',
          `first: ${first} is not accepted; it is a whole number from 0 to ${MAX_PAGE_SIZE}.`,
        );
      return readImports(query, first);
    },
  }),
);
