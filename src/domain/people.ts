import { type CellReader, readIdentifier, readUuid } from './values/cells.ts';
import { InvalidValue } from './values/invalid-value.ts';

/** Whom an id is of. Employees are interviewers and creators. */
export type PersonKind = 'CANDIDATE' | 'EMPLOYEE';

/** A person by id: a candidate's profile ID as a UUID in lower case, or an employee's ID. */
export interface Person {
  readonly kind: PersonKind;
  readonly id: string;
}

const READERS: Readonly<Record<PersonKind, CellReader>> = { CANDIDATE: readUuid, EMPLOYEE: readIdentifier };

/** Reads the id of a person, as imports do. Returns why it is refused if it is. */
export function readPerson(kind: PersonKind, text: string): Person | InvalidValue {
  const id = READERS[kind](text) ?? new InvalidValue('it is empty');
  return id instanceof InvalidValue ? id : { kind, id };
}
