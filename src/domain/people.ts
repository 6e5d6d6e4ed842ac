import { Failure } from './errors.ts';
import { keysOf } from './types/records.ts';
import { type CellReader, readIdentifier, readUuid } from './values/cells.ts';
import { InvalidValue } from './values/invalid-value.ts';

/** Whom an id is of. Employees are interviewers and creators. */
export type PersonKind = 'CANDIDATE' | 'EMPLOYEE';

/** A person by id: a candidate's profile ID as a UUID in lower case, or an employee's ID. */
export interface Person {
  readonly kind: PersonKind;
  readonly id: string;
}

/** The maximum number of people who are erased at once. */
const MAX_PEOPLE = 1_000;

const READERS: Readonly<Record<PersonKind, CellReader>> = { CANDIDATE: readUuid, EMPLOYEE: readIdentifier };

/** People to be erased, by option or member of a body: its name, and the ids. */
type NamedIds = Readonly<Record<PersonKind, { readonly name: string; readonly ids: readonly string[] }>>;

/** Reads ids of people as imports read them, each person once. Errors: BAD_USER_INPUT for an id that is none, for nobody, and for too many. */
export function readPeople(named: NamedIds): Person[] {
  const people = keysOf(named).flatMap((kind) => {
    const { name, ids } = named[kind];
    return ids.map((text): Person => {
      const id = READERS[kind](text) ?? new InvalidValue('it is empty');
      if (id instanceof InvalidValue) throw new Failure('BAD_USER_INPUT', `${name}: ${id.reason}.`);
      return { kind, id };
    });
  });
  const names = keysOf(named).map((kind) => named[kind].name);
  if (people.length === 0) throw new Failure('BAD_USER_INPUT', `Whom to forget is missing: ${names.join(' or ')}.`);
  if (people.length > MAX_PEOPLE)
    throw new Failure(
      'BAD_USER_INPUT',
      `${people.length} people are too many at once; at most ${MAX_PEOPLE} are accepted.`,
    );
  return [...new Map(people.map((person) => [`${person.kind} ${person.id}`, person])).values()];
}
