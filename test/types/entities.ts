/** What must not compile of the catalogue of entities; checked by `npm run check`. */

import { type Sql, sql } from '../../src/db/sql.ts';
import type { AttributeName, RelatedName, RelationName, RelationNameOf } from '../../src/domain/entities.ts';
import { unreachable } from '../../src/domain/types/unreachable.ts';
import { relatedConnection, relatedList } from '../../src/graphql/connection/fields.ts';
import type { Operator } from '../../src/graphql/connection/where/operators.ts';
import { catalogueFields } from '../../src/graphql/types/catalogue-field.ts';

export const attributes: AttributeName<'interview'>[] = ['endsAt', 'canceled'];
export const relations: RelationName<'interview'>[] = ['application', 'timeSlots'];
export const manyOf: RelationNameOf<'job', true>[] = ['candidates', 'interviews'];
export const related: RelatedName<'appointment', 'interviewer'> = 'employee';

// @ts-expect-error an attribute of another entity
export const otherAttribute: AttributeName<'job'> = 'canceled';
// @ts-expect-error a misspelt relation
export const misspelt: RelationName<'interview'> = 'aplication';
// @ts-expect-error a relation to one is no list
export const toOne: RelationNameOf<'interview', true> = 'job';
// @ts-expect-error the entity that a relation leads to
export const otherEntity: RelatedName<'appointment', 'interviewer'> = 'job';

const { attribute } = catalogueFields('candidate');
attribute('firstName');
// @ts-expect-error a field of a type names an attribute that there is
attribute('fristName');
// @ts-expect-error a list without pages needs a relation to many
relatedList('interview', 'candidate');
// @ts-expect-error and a relation that there is
relatedList('candidate', 'aplications');
// @ts-expect-error and so does one with pages
relatedConnection.bind(null, 'interview', 'candidate');

/** A switch that forgets a member doesn't compile. */
export function forgets(operator: Extract<Operator, 'eq' | 'in'>): string {
  switch (operator) {
    case 'eq':
      return 'equals';
    default:
      // @ts-expect-error `in` has no case
      return unreachable(operator);
  }
}

export const statement: Sql = sql`SELECT ${1}`;
// @ts-expect-error a text is no SQL
export const text: Sql = 'SELECT 1';
// @ts-expect-error and a text can't become part of one
export const pasted: Sql = sql`SELECT ${'1; DROP TABLE appointment'}`;
