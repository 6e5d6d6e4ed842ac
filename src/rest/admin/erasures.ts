import type { FastifyInstance } from 'fastify';
import { ERASURES_PATH } from '../../domain/paths.ts';
import { type Person, readPeople } from '../../domain/people.ts';
import type { Admit } from '../../http/limits/rate-limits.ts';
import { administratorRoutes } from './administrator-routes.ts';
import { flagOf, membersOf, textsOf } from './json-body.ts';

/** What an erasure changed, or would have. */
interface ErasureReport {
  readonly saved: boolean;
  /** The number of stored rows that named one of the people. */
  readonly rows: number;
  /** The number of candidates whose names were given beside the rows. */
  readonly names: number;
  /** Their ids that nothing stored has. */
  readonly unknown: readonly string[];
  /** Whether the tables were cleared of the former rows; otherwise that is left to their owner, or to the server. */
  readonly vacuumed: boolean;
}

/** Forgets people; changes nothing with `dryRun`. The signal aborts it. `onErased` is called as soon as it is saved, or would have been. */
export type ErasePeople = (
  people: readonly Person[],
  options: { readonly dryRun: boolean; readonly onErased: (erased: Pick<ErasureReport, 'rows'>) => void },
  signal: AbortSignal,
) => Promise<ErasureReport>;

const MEMBERS = ['candidates', 'employees', 'dryRun'] as const;

/** Serves `POST` of people to forget: `npm run erase` over HTTP (docs/erasure.md). */
export function erasuresRoute(
  app: FastifyInstance,
  admit: Admit,
  { erase, timeoutMs }: { readonly erase: ErasePeople; readonly timeoutMs: number },
): void {
  administratorRoutes(app, admit, timeoutMs).changes(
    ERASURES_PATH,
    200,
    async ({ body, by, signal, asked, record }) => {
      const members = membersOf(body, MEMBERS);
      const people = readPeople({
        CANDIDATE: { name: 'candidates', ids: textsOf(members, 'candidates') ?? [] },
        EMPLOYEE: { name: 'employees', ids: textsOf(members, 'employees') ?? [] },
      });
      const dryRun = flagOf(members, 'dryRun');
      asked.value('people', people.length);
      asked.value('dryRun', dryRun);
      record.audit.isPersonal = true;
      // Before the tables are cleared of them, which takes long, and may fail.
      const onErased: Parameters<ErasePeople>[1]['onErased'] = ({ rows }) => {
        record.rows = () => rows;
        // Who is on the list of erasures is written as a pseudonym.
        if (!dryRun) for (const { kind, id } of people) asked.person(kind, id);
      };
      const { saved, rows, names, unknown, vacuumed } = await erase(people, { dryRun, onErased }, signal);
      // Not whom: the log is kept elsewhere.
      if (saved) app.log.info({ people: people.length, rows, names, by }, 'people were erased');
      return { saved, people: people.length, rows, names, unknown, vacuumed };
    },
  );
}
