import { type ColumnAttribute, ENTITIES, type EntityName, findAttribute } from '../../domain/entities.ts';
import { FIELD_KEYS, FIELDS, type Field } from '../../domain/fields.ts';
import { nearNames } from '../../domain/near-names.ts';
import type { WrittenColumn } from '../../extract/output-options.ts';

/** A property of an entity type: what a row has under a name. */
export interface Property {
  readonly key: string;
  /** The kind of its values. `day`: a day, without a time. */
  readonly kind: WrittenColumn['kind'] | 'day';
  readonly personal: boolean;
  readonly nullable: boolean;
  readonly description: string;
  /** The values of an enumeration. */
  readonly values?: readonly string[];
}

/** A property that is stored in one column. */
export interface StoredProperty extends Property, Pick<WrittenColumn, 'label'> {
  readonly kind: WrittenColumn['kind'];
  readonly attribute: ColumnAttribute;
}

/** What can be read under a name: rows that all have the same properties. */
export interface EntitySet<P extends Property = Property> {
  readonly name: string;
  readonly typeName: string;
  readonly description: string;
  /** The property that identifies a row. */
  readonly key: string;
  readonly properties: readonly P[];
  /** The properties by which rows can be ordered. */
  readonly orders: readonly string[];
}

/** An entity set whose rows are those of a table. */
export interface StoredSet extends EntitySet<StoredProperty> {
  readonly entity: EntityName;
}

const LABELS: ReadonlyMap<string, string> = new Map(FIELDS.map(({ key, label }) => [key, label]));

/** The values of the enumerations, by their Postgres types. */
const VALUES: ReadonlyMap<string, readonly string[]> = new Map(
  FIELDS.flatMap(({ type, values }: Field) => (values ? [[type, values] as const] : [])),
);

function storedProperty(entity: EntityName, name: string): StoredProperty {
  const attribute = findAttribute(entity, name);
  if (!attribute || attribute.kind === 'fullName') throw new Error(`${entity} has no column ${name}`);
  const { kind, type, personal, nullable, description } = attribute;
  const values = VALUES.get(type);
  const label = LABELS.get(name) ?? name;
  return { key: name, label, kind, personal, nullable, description, attribute, ...(values && { values }) };
}

/** The rows of the extract: their key, the 30 fields, and the times that follow from them as instants. */
const APPOINTMENTS: StoredSet = {
  name: 'Appointments',
  typeName: 'Appointment',
  entity: 'appointment',
  description: 'The rows of the extract: one interviewer’s appointment in one time slot of an interview.',
  key: 'rowId',
  properties: ['rowId', ...FIELD_KEYS, 'startsAt', 'endsAt', 'reviewedAt'].map((name) =>
    storedProperty('appointment', name),
  ),
  orders: ['interviewId', 'startsAt', 'interviewCreateDate', 'interviewUpdateDate', 'reviewedAt'],
};

/** The interviews that the rows describe. */
const INTERVIEWS: StoredSet = {
  name: 'Interviews',
  typeName: 'Interview',
  entity: 'interview',
  description: 'The interviews that the rows describe, each once.',
  key: 'interviewId',
  properties: Object.keys(ENTITIES.interview.attributes).map((name) => storedProperty('interview', name)),
  orders: ['interviewId', 'startsAt', 'createdAt', 'updatedAt'],
};

/** The entity sets of the tables. */
export const STORED_SETS: readonly StoredSet[] = [APPOINTMENTS, INTERVIEWS];

/** Returns a property by its name; undefined if there is none. */
export const findProperty = <P extends Property>({ properties }: EntitySet<P>, name: string): P | undefined =>
  properties.find(({ key }) => key === name);

/** Returns the end of a message about a name that is none of several: the near ones, or all. */
export function insteadOf(name: string, names: readonly string[]): string {
  const near = nearNames(name, names);
  return near.length > 0 ? `did you mean ${near.join(' or ')}?` : `there are ${names.join(', ')}.`;
}
