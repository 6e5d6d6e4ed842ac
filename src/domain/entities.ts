import {
  COLUMN_TYPES,
  columnOf,
  type EnumerationType,
  FIELD_KEYS,
  type FieldKey,
  type FieldKind,
  fieldOf,
  isName,
} from './fields.ts';
import { mapRecord, recordOf } from './types/records.ts';

/**
 * THE CATALOGUE of entities: what rows describe, with attributes and relations. The GraphQL types, filters and orders, their SQL and the
 * access rule are checked against it. It names tables and columns too: each entity is stored in one table, and a separate mapping would
 * repeat everything.
 */

/** `appointment` is the row itself (docs/contract.md, "One row"). The other entities are derived from rows. */
export type EntityName = 'appointment' | 'interview' | 'timeSlot' | 'employee' | 'candidate' | 'job' | 'application';

interface Described {
  /** Whether the attribute requires the scope `personal`. */
  readonly personal: boolean;
  readonly nullable: boolean;
  readonly description: string;
}

/** An attribute stored in one column. */
export interface ColumnAttribute extends Described {
  readonly column: string;
  /** The Postgres type of the column. */
  readonly type: string;
  /** The kind of a field, or `instant` for a point in time. */
  readonly kind: FieldKind | 'instant';
  /** Whether it names a person or a job: it is then found and sorted by its spelling (src/domain/names/spelling.ts). */
  readonly isName: boolean;
}

/** A person's full name: two text columns joined by a space, leaving out empty ones; null if both are empty. */
export interface FullNameAttribute extends Described {
  readonly kind: 'fullName';
  readonly columns: readonly [first: string, last: string];
}

export type Attribute = ColumnAttribute | FullNameAttribute;

/** A link from one entity to another. */
export interface Relation<To extends EntityName = EntityName, Many extends boolean = boolean> {
  readonly to: To;
  /** Join columns [local, foreign]; with `through`, via a link table. */
  readonly on: readonly (readonly [local: string, foreign: string])[];
  /** The entity whose table links both, with its columns: the local key and the foreign key. */
  readonly through?: { readonly entity: EntityName; readonly local: string; readonly foreign: string };
  readonly many: Many;
  readonly description: string;
}

export interface Entity {
  readonly table: string;
  /** The columns of the primary key with their Postgres types. */
  readonly key: readonly { readonly column: string; readonly type: string }[];
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** For appointments only: the fields of the row, by their extract names. */
  readonly row?: Readonly<Record<string, ColumnAttribute>>;
  /** Attributes that GraphQL does not show, since its own IDs hold them. */
  readonly unlisted?: Readonly<Record<string, ColumnAttribute>>;
  readonly relations: Readonly<Record<string, Relation>>;
  /** Relations that no API exposes. */
  readonly links?: Readonly<Record<string, Relation<'appointment'>>>;
  /** The relations or links to the rows that name an item. A viewer sees the item if it sees one of these rows (src/domain/viewer.ts). */
  readonly namedBy: readonly string[];
}

type Kind = Exclude<ColumnAttribute['kind'], 'enumeration'>;
type Flag = 'personal' | 'not null' | 'name';
type Unnamed = Omit<ColumnAttribute, 'column'>;

const value = (kind: Kind, description: string, ...flags: readonly Flag[]): Unnamed => ({
  kind,
  type: kind === 'instant' ? 'timestamptz(0)' : COLUMN_TYPES[kind],
  personal: flags.includes('personal'),
  nullable: !flags.includes('not null'),
  isName: flags.includes('name'),
  description,
});

const enumeration = (type: EnumerationType, description: string): Unnamed => ({
  kind: 'enumeration',
  type,
  personal: false,
  nullable: true,
  isName: false,
  description,
});

const fullName = (first: string, last: string, description: string): FullNameAttribute => ({
  kind: 'fullName',
  columns: [columnOf(first), columnOf(last)],
  personal: true,
  nullable: true,
  description,
});

/** Returns attributes whose column has the attribute's name. */
const columns = <N extends string>(all: Readonly<Record<N, Unnamed>>): Record<N, ColumnAttribute> =>
  mapRecord(all, (attribute, name) => ({ ...attribute, column: columnOf(name) }));

/** Columns that both tables have, or pairs of columns. */
type Join = readonly (string | readonly [local: string, foreign: string])[];

const relation = <To extends EntityName, Many extends boolean>(
  to: To,
  many: Many,
  description: string,
  join: Join,
): Relation<To, Many> => ({
  to,
  many,
  description,
  on: join.map((column) => (typeof column === 'string' ? ([column, column] as const) : column)),
});

const one = <To extends EntityName>(to: To, description: string, ...join: Join): Relation<To, false> =>
  relation(to, false, description, join);

const many = <To extends EntityName>(to: To, description: string, ...join: Join): Relation<To, true> =>
  relation(to, true, description, join);

/** Returns a to-many relation by way of a link table that holds both keys. */
const manyThrough = <To extends EntityName>(
  to: To,
  description: string,
  on: readonly [local: string, foreign: string],
  entity: EntityName,
  local: string,
  foreign: string,
): Relation<To, true> => ({ ...many(to, description, on), through: { entity, local, foreign } });

/** Returns the relation to the time slots of all interviews that have the key of an entity. */
const slotsOfInterviews = (description: string, key: string): Relation<'timeSlot', true> =>
  manyThrough('timeSlot', description, [key, 'interview_id'], 'interview', key, 'interview_id');

const text = { type: 'text' };
const uuid = { type: 'uuid' };

/** Returns a field of the row as an attribute. */
function fieldAttribute(key: FieldKey): ColumnAttribute {
  const field = fieldOf(key);
  const { column, type, kind, personal, label } = field;
  const [nullable, description] = [key !== 'interviewId', `The row’s ${label}.`];
  return { column, type, kind, personal, nullable, isName: isName(field), description };
}

export const ENTITIES = {
  appointment: {
    table: 'appointment',
    key: [
      { column: 'interview_id', ...text },
      { column: 'row_id', ...uuid },
    ],
    attributes: {
      status: { ...fieldAttribute('interviewerStatus'), description: 'The interviewer’s response to the invitation.' },
      review: { ...fieldAttribute('interviewerReview'), description: 'The interviewer’s review.' },
      rating: { ...fieldAttribute('interviewerRating'), description: 'The interviewer’s rating.' },
      timeToProvideFeedback: {
        ...fieldAttribute('timeToProvideFeedback'),
        description: 'Hours between the end of the time slot and the review.',
      },
      ...columns({
        reviewedAt: value(
          'instant',
          'Time of the review: end of the time slot plus `timeToProvideFeedback`; null if either is null.',
        ),
        startsAt: value('instant', 'Start of the time slot; null if its time zone is unknown or skips that time.'),
        endsAt: value('instant', 'End of the time slot; null if its time zone is unknown or skips that time.'),
      }),
      interviewerName: fullName(
        'interviewerFirstName',
        'interviewerLastName',
        'First and last name of the interviewer as in the row, also without an employee ID.',
      ),
    },
    row: recordOf(FIELD_KEYS, fieldAttribute),
    unlisted: columns({ rowId: value('uuid', 'The id of the row in this database.', 'not null') }),
    relations: {
      interviewer: one('employee', 'The interviewer; null without an employee ID.', [
        'interviewer_employee_id',
        'employee_id',
      ]),
      timeSlot: one('timeSlot', 'The time slot.', 'interview_id', 'slot_id'),
      interview: one('interview', 'The interview.', 'interview_id'),
      job: one('job', 'The job.', 'job_id'),
      candidate: one('candidate', 'The candidate.', 'candidate_profile_id'),
      application: one('application', 'The application.', 'application_id'),
    },
    namedBy: [],
  },
  interview: {
    table: 'interview',
    key: [{ column: 'interview_id', ...text }],
    attributes: columns({
      interviewId: value('identifier', 'ID in the applicant-tracking system.', 'not null'),
      type: enumeration('interview_type', 'Type of the interview.'),
      location: value('text', 'Location: an address, a phone number or a link.', 'personal'),
      timeZone: value('zone', 'IANA time zone of its local times.'),
      createdAt: value('instant', 'Time of creation.'),
      updatedAt: value('instant', 'Time of the last update.'),
      startDate: value('local', 'Local start time, in `timeZone`.'),
      startsAt: value('instant', 'When it starts; null if the time zone is unknown or skips that time.'),
      endsAt: value('instant', 'When its last time slot ends; null if no time slot has a known end.'),
      duration: value('number', 'Total duration of its time slots in hours, as in the extract.'),
      canceled: value('boolean', 'Whether the interview was canceled.'),
      candidateStatus: enumeration('response_status', 'The candidate’s response to the invitation.'),
      applicationId: value('uuid', 'ID of the application.'),
      candidateProfileId: value('uuid', 'ID of the candidate.'),
      jobId: value('uuid', 'ID of the job.'),
      creatorEmployeeId: value('identifier', 'ID of the employee who created the interview.'),
    }),
    relations: {
      application: one('application', 'The application.', 'application_id'),
      candidate: one('candidate', 'The candidate.', 'candidate_profile_id'),
      job: one('job', 'The job.', 'job_id'),
      creator: one('employee', 'Employee who created the interview.', ['creator_employee_id', 'employee_id']),
      timeSlots: many('timeSlot', 'Its time slots.', 'interview_id'),
      interviewers: manyThrough(
        'employee',
        'Interviewers of its time slots; those without an employee ID are not included.',
        ['interview_id', 'employee_id'],
        'appointment',
        'interview_id',
        'interviewer_employee_id',
      ),
      appointments: many('appointment', 'Its appointments, one per interviewer and time slot.', 'interview_id'),
    },
    namedBy: ['appointments'],
  },
  timeSlot: {
    table: 'time_slot',
    key: [
      { column: 'interview_id', ...text },
      { column: 'slot_id', ...uuid },
    ],
    attributes: columns({
      interviewId: value('identifier', 'ID of the interview.', 'not null'),
      startTime: value('local', 'Local start time, in the interview’s time zone.'),
      endTime: value('local', 'Local end time, in the interview’s time zone.'),
      startsAt: value('instant', 'When it starts; null if the time zone is unknown or skips that time.'),
      endsAt: value('instant', 'When it ends; null if the time zone is unknown or skips that time.'),
      duration: value('number', 'Duration in hours, as in the extract.'),
      room: value('text', 'The room.', 'personal'),
      applicationStage: enumeration('application_stage', 'Stage of the application at the time.'),
      applicationStep: value('text', 'Step within the stage at the time.'),
      interviewerCount: value('integer', 'Number of interviewers, as in the extract.'),
    }),
    relations: {
      interview: one('interview', 'The interview.', 'interview_id'),
      appointments: many('appointment', 'Its appointments, one per interviewer.', 'interview_id', 'slot_id'),
    },
    namedBy: ['appointments'],
  },
  employee: {
    table: 'employee',
    key: [{ column: 'employee_id', ...text }],
    attributes: {
      ...columns({
        employeeId: value('identifier', 'ID in the applicant-tracking system.', 'not null'),
        firstName: value('text', 'First name.', 'personal', 'name'),
        lastName: value('text', 'Last name.', 'personal', 'name'),
      }),
      name: fullName('firstName', 'lastName', 'First and last name.'),
    },
    relations: {
      appointments: many('appointment', 'Appointments as an interviewer.', ['employee_id', 'interviewer_employee_id']),
      interviews: manyThrough(
        'interview',
        'Interviews as an interviewer.',
        ['employee_id', 'interview_id'],
        'appointment',
        'interviewer_employee_id',
        'interview_id',
      ),
      createdInterviews: many('interview', 'Interviews they created.', ['employee_id', 'creator_employee_id']),
    },
    links: {
      rowsAsCreator: many('appointment', 'Rows of interviews they created.', ['employee_id', 'creator_employee_id']),
    },
    namedBy: ['appointments', 'rowsAsCreator'],
  },
  candidate: {
    table: 'candidate',
    key: [{ column: 'candidate_profile_id', ...uuid }],
    attributes: {
      ...columns({
        candidateProfileId: value('uuid', 'ID in the applicant-tracking system.', 'not null'),
        firstName: value('text', 'First name, if imported.', 'personal', 'name'),
        lastName: value('text', 'Last name, if imported.', 'personal', 'name'),
      }),
      name: fullName('firstName', 'lastName', 'First and last name, if imported.'),
    },
    relations: {
      applications: many('application', 'Their applications.', 'candidate_profile_id'),
      appointments: many('appointment', 'Their appointments.', 'candidate_profile_id'),
      interviews: many('interview', 'Their interviews.', 'candidate_profile_id'),
      timeSlots: slotsOfInterviews('The time slots of their interviews.', 'candidate_profile_id'),
      jobs: manyThrough(
        'job',
        'Jobs they are interviewed for.',
        ['candidate_profile_id', 'job_id'],
        'appointment',
        'candidate_profile_id',
        'job_id',
      ),
    },
    namedBy: ['appointments'],
  },
  job: {
    table: 'job',
    key: [{ column: 'job_id', ...uuid }],
    attributes: columns({
      jobId: value('uuid', 'ID in the applicant-tracking system.', 'not null'),
      title: value('text', 'Title, if imported.', 'name'),
      department: value('text', 'Department, if imported.', 'name'),
    }),
    relations: {
      applications: many('application', 'Its applications.', 'job_id'),
      appointments: many('appointment', 'Its appointments.', 'job_id'),
      interviews: many('interview', 'Its interviews.', 'job_id'),
      timeSlots: slotsOfInterviews('The time slots of its interviews.', 'job_id'),
      candidates: manyThrough(
        'candidate',
        'Candidates interviewed for the job.',
        ['job_id', 'candidate_profile_id'],
        'appointment',
        'job_id',
        'candidate_profile_id',
      ),
      interviewers: manyThrough(
        'employee',
        'Interviewers for the job; those without an employee ID are not included.',
        ['job_id', 'employee_id'],
        'appointment',
        'job_id',
        'interviewer_employee_id',
      ),
    },
    namedBy: ['appointments'],
  },
  application: {
    table: 'application',
    key: [{ column: 'application_id', ...uuid }],
    attributes: columns({
      applicationId: value('uuid', 'ID in the applicant-tracking system.', 'not null'),
      candidateProfileId: value('uuid', 'ID of the candidate.'),
      jobId: value('uuid', 'ID of the job.'),
      stage: enumeration('application_stage', 'Current stage.'),
      step: value('text', 'Current step within the stage.'),
    }),
    relations: {
      candidate: one('candidate', 'The candidate.', 'candidate_profile_id'),
      job: one('job', 'The job.', 'job_id'),
      appointments: many('appointment', 'Its appointments.', 'application_id'),
      interviews: many('interview', 'Its interviews.', 'application_id'),
      timeSlots: slotsOfInterviews('The time slots of its interviews.', 'application_id'),
    },
    namedBy: ['appointments'],
  },
} satisfies Readonly<Record<EntityName, Entity>>;

type Catalogue = typeof ENTITIES;

/** The names of an entity's attributes, as in its GraphQL type, filters and orders. */
export type AttributeName<E extends EntityName> = keyof Catalogue[E]['attributes'] & string;

export type RelationName<E extends EntityName> = keyof Catalogue[E]['relations'] & string;

/** The names of an entity's to-one or to-many relations. */
export type RelationNameOf<E extends EntityName, Many extends boolean> = {
  [R in RelationName<E>]: Catalogue[E]['relations'][R] extends Relation<EntityName, Many> ? R : never;
}[RelationName<E>];

/** The entity that a relation leads to. */
export type RelatedName<E extends EntityName, R extends RelationName<E>> =
  Catalogue[E]['relations'][R] extends Relation<infer To> ? To : never;

/** Returns an entity by a name that is known only at run time. */
export const entityOf = (name: EntityName): Entity => ENTITIES[name];

/** Returns an attribute, or a field of the row, by name; undefined if the entity has none. */
export const findAttribute = (entity: EntityName, name: string): Attribute | undefined => {
  const { attributes, row, unlisted } = entityOf(entity);
  return attributes[name] ?? row?.[name] ?? unlisted?.[name];
};

/** Returns a relation or link by name; undefined if the entity has none. */
export const findRelation = (entity: EntityName, name: string): Relation | undefined => {
  const { relations, links } = entityOf(entity);
  return relations[name] ?? links?.[name];
};
