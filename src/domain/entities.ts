import { COLUMN_TYPES, columnOf, FIELDS, type FieldKind } from './fields.ts';

/**
 * THE TABLE of what the rows speak of, for whoever asks for more than rows: each thing's attributes and how it hangs together with the others.
 * Filters, orders and pages of the GraphQL API come from it, and the SQL for them.
 */

/** `appointment` is the row itself (docs/contract.md, "One row"); the others are derived from it. */
export type EntityName = 'appointment' | 'interview' | 'timeSlot' | 'employee' | 'candidate' | 'job' | 'application';

export interface Attribute {
  readonly column: string;
  /** The Postgres type of the column. */
  readonly type: string;
  /** As of a field; `instant` is a point in time. */
  readonly kind: FieldKind | 'instant';
  /** Only for tokens with the scope `personal`. */
  readonly personal: boolean;
  /** Whether it may be missing. */
  readonly nullable: boolean;
  readonly description: string;
}

/** A way from one thing to another. */
export interface Relation {
  readonly to: EntityName;
  /** Own column, and that of the other; they agree, unless the way leads through a third thing. */
  readonly on: readonly (readonly [string, string])[];
  /** The third thing, and its columns that agree with the own one and with the other's. */
  readonly through?: { readonly entity: EntityName; readonly own: string; readonly other: string };
  readonly many: boolean;
  readonly description: string;
}

export interface Entity {
  readonly table: string;
  /** The columns of the primary key, with their Postgres types. */
  readonly key: readonly { readonly column: string; readonly type: string }[];
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** The attributes that make the full name of a person, in their order. */
  readonly fullName?: readonly string[];
  readonly relations: Readonly<Record<string, Relation>>;
}

const ATTRIBUTE_TYPES: Partial<Record<Attribute['kind'], string>> = { ...COLUMN_TYPES, instant: 'timestamptz(0)' };

type Flag = 'personal' | 'stated';

/** An attribute; `stated`: it is never missing. */
function attribute(
  name: string,
  kind: Attribute['kind'] | `enum ${string}`,
  description: string,
  ...flags: Flag[]
): Attribute {
  const enumeration = /^enum (.*)$/.exec(kind)?.[1];
  return {
    column: columnOf(name),
    type: enumeration ?? ATTRIBUTE_TYPES[kind as Attribute['kind']] ?? '',
    kind: enumeration ? 'enumeration' : (kind as Attribute['kind']),
    personal: flags.includes('personal'),
    nullable: !flags.includes('stated'),
    description: description,
  };
}

const attributes = (all: Record<string, readonly [Attribute['kind'] | `enum ${string}`, string, ...Flag[]]>) =>
  Object.fromEntries(
    Object.entries(all).map(([name, [kind, description, ...flags]]) => [
      name,
      attribute(name, kind, description, ...flags),
    ]),
  );

const one = (to: EntityName, description: string, ...columns: (string | readonly [string, string])[]): Relation => ({
  to,
  on: columns.map((name) => (typeof name === 'string' ? ([name, name] as const) : name)),
  many: false,
  description: description,
});
const many = (to: EntityName, description: string, ...columns: (string | readonly [string, string])[]): Relation => ({
  ...one(to, description, ...columns),
  many: true,
});

const through = (relation: Relation, entity: EntityName, own: string, other: string): Relation => ({
  ...relation,
  through: { entity, own, other },
});

const fullName = ['firstName', 'lastName'];

/** The time slots of the interviews that have the key of a thing. */
const slotsOfInterviews = (description: string, key: string): Relation =>
  through(many('timeSlot', description, [key, 'interview_id']), 'interview', key, 'interview_id');

const text = { type: 'text' };
const uuid = { type: 'uuid' };

export const ENTITIES: Readonly<Record<EntityName, Entity>> = {
  appointment: {
    table: 'appointment',
    key: [
      { column: 'interview_id', ...text },
      { column: 'row_id', ...uuid },
    ],
    attributes: {
      ...Object.fromEntries(
        FIELDS.map((field): [string, Attribute] => [
          field.key,
          {
            column: field.column,
            type: field.type,
            kind: field.kind,
            personal: field.personal,
            nullable: field.key !== 'interviewId',
            description: `The row’s ${field.label}, as it was stated.`,
          },
        ]),
      ),
      ...attributes({
        startsAt: ['instant', 'When the time slot starts; missing where its zone is unknown or skips that time.'],
        endsAt: ['instant', 'When the time slot ends; missing where its zone is unknown or skips that time.'],
        reviewedAt: [
          'instant',
          'When the review was given: the end of the time slot and the hours since; missing where either is.',
        ],
      }),
    },
    relations: {
      interview: one('interview', 'The interview.', 'interview_id'),
      timeSlot: one('timeSlot', 'The time slot.', 'interview_id', 'slot_id'),
      interviewer: one('employee', 'Who interviews.', ['interviewer_employee_id', 'employee_id']),
      candidate: one('candidate', 'Who is interviewed.', 'candidate_profile_id'),
      job: one('job', 'The job.', 'job_id'),
      application: one('application', 'The application.', 'application_id'),
    },
  },
  interview: {
    table: 'interview',
    key: [{ column: 'interview_id', ...text }],
    attributes: attributes({
      interviewId: ['identifier', 'Its id in the applicant-tracking system.', 'stated'],
      type: ['enum interview_type', 'How it is held.'],
      location: ['text', 'Where it is held: an address, a number or a link.', 'personal'],
      timeZone: ['zone', 'The IANA zone of its local times.'],
      createdAt: ['instant', 'When it was created.'],
      updatedAt: ['instant', 'When it was changed last.'],
      startDate: ['local', 'Its start on the wall clock of its zone.'],
      startsAt: ['instant', 'Its start; missing where the zone is unknown or skips that time.'],
      duration: ['number', 'Hours of all its time slots together, as stated.'],
      canceled: ['boolean', 'Whether it was canceled.'],
      candidateStatus: ['enum response_status', 'What the candidate answered.'],
      applicationId: ['uuid', 'The id of the application.'],
      candidateProfileId: ['uuid', 'The id of the candidate.'],
      jobId: ['uuid', 'The id of the job.'],
      creatorEmployeeId: ['identifier', 'The id of the employee who created it.'],
    }),
    relations: {
      appointments: many('appointment', 'Its appointments, one for each interviewer and time slot.', 'interview_id'),
      timeSlots: many('timeSlot', 'Its time slots.', 'interview_id'),
      application: one('application', 'The application.', 'application_id'),
      candidate: one('candidate', 'Who is interviewed.', 'candidate_profile_id'),
      job: one('job', 'The job.', 'job_id'),
      creator: one('employee', 'Who created it.', ['creator_employee_id', 'employee_id']),
      interviewers: through(
        many('employee', 'Who interviews in any of its time slots, as far as they have an id.', [
          'interview_id',
          'employee_id',
        ]),
        'appointment',
        'interview_id',
        'interviewer_employee_id',
      ),
    },
  },
  timeSlot: {
    table: 'time_slot',
    key: [
      { column: 'interview_id', ...text },
      { column: 'slot_id', ...uuid },
    ],
    attributes: attributes({
      interviewId: ['identifier', 'The id of the interview.', 'stated'],
      startTime: ['local', 'Its start on the wall clock of the interview’s zone.'],
      endTime: ['local', 'Its end on the wall clock of the interview’s zone.'],
      startsAt: ['instant', 'Its start; missing where the zone is unknown or skips that time.'],
      endsAt: ['instant', 'Its end; missing where the zone is unknown or skips that time.'],
      duration: ['number', 'Hours, as stated.'],
      room: ['text', 'The room.', 'personal'],
      applicationStage: ['enum application_stage', 'The stage of the application when it was held.'],
      applicationStep: ['text', 'The step of that stage.'],
      interviewerCount: ['integer', 'How many interviewers it has, as stated.'],
    }),
    relations: {
      interview: one('interview', 'The interview.', 'interview_id'),
      appointments: many('appointment', 'Its appointments, one for each interviewer.', 'interview_id', 'slot_id'),
    },
  },
  employee: {
    table: 'employee',
    key: [{ column: 'employee_id', ...text }],
    attributes: attributes({
      employeeId: ['identifier', 'Their id in the applicant-tracking system.', 'stated'],
      firstName: ['text', 'The first name.', 'personal'],
      lastName: ['text', 'The last name.', 'personal'],
    }),
    fullName,
    relations: {
      appointments: many('appointment', 'The appointments in which they interview.', [
        'employee_id',
        'interviewer_employee_id',
      ]),
      interviews: through(
        many('interview', 'The interviews in which they interview.', ['employee_id', 'interview_id']),
        'appointment',
        'interviewer_employee_id',
        'interview_id',
      ),
      createdInterviews: many('interview', 'The interviews that they created.', ['employee_id', 'creator_employee_id']),
    },
  },
  candidate: {
    table: 'candidate',
    key: [{ column: 'candidate_profile_id', ...uuid }],
    attributes: attributes({
      candidateProfileId: ['uuid', 'Their id in the applicant-tracking system.', 'stated'],
      firstName: ['text', 'The first name, where one was given.', 'personal'],
      lastName: ['text', 'The last name, where one was given.', 'personal'],
    }),
    fullName,
    relations: {
      appointments: many('appointment', 'Their appointments.', 'candidate_profile_id'),
      interviews: many('interview', 'Their interviews.', 'candidate_profile_id'),
      timeSlots: slotsOfInterviews('The time slots of their interviews.', 'candidate_profile_id'),
      applications: many('application', 'Their applications.', 'candidate_profile_id'),
      jobs: through(
        many('job', 'The jobs for which they are interviewed.', ['candidate_profile_id', 'job_id']),
        'appointment',
        'candidate_profile_id',
        'job_id',
      ),
    },
  },
  job: {
    table: 'job',
    key: [{ column: 'job_id', ...uuid }],
    attributes: attributes({
      jobId: ['uuid', 'Its id in the applicant-tracking system.', 'stated'],
      title: ['text', 'The title, where one was given.'],
      department: ['text', 'The department, where one was given.'],
    }),
    relations: {
      appointments: many('appointment', 'Its appointments.', 'job_id'),
      interviews: many('interview', 'Its interviews.', 'job_id'),
      timeSlots: slotsOfInterviews('The time slots of its interviews.', 'job_id'),
      applications: many('application', 'Its applications.', 'job_id'),
      candidates: through(
        many('candidate', 'Who is interviewed for it.', ['job_id', 'candidate_profile_id']),
        'appointment',
        'job_id',
        'candidate_profile_id',
      ),
      interviewers: through(
        many('employee', 'Who interviews for it, as far as they have an id.', ['job_id', 'employee_id']),
        'appointment',
        'job_id',
        'interviewer_employee_id',
      ),
    },
  },
  application: {
    table: 'application',
    key: [{ column: 'application_id', ...uuid }],
    attributes: attributes({
      applicationId: ['uuid', 'Its id in the applicant-tracking system.', 'stated'],
      candidateProfileId: ['uuid', 'The id of the candidate.'],
      jobId: ['uuid', 'The id of the job.'],
      stage: ['enum application_stage', 'Its current stage.'],
      step: ['text', 'The step of that stage.'],
    }),
    relations: {
      appointments: many('appointment', 'Its appointments.', 'application_id'),
      interviews: many('interview', 'Its interviews.', 'application_id'),
      timeSlots: slotsOfInterviews('The time slots of its interviews.', 'application_id'),
      candidate: one('candidate', 'The candidate.', 'candidate_profile_id'),
      job: one('job', 'The job.', 'job_id'),
    },
  },
};

/** An attribute by its name. That there is none is a fault of the program. */
export function attributeOf(entity: EntityName, name: string): Attribute {
  const found = ENTITIES[entity].attributes[name];
  if (!found) throw new Error(`${entity} has no attribute ${name}`);
  return found;
}

/** A relation by its name. That there is none is a fault of the program. */
export function relationOf(entity: EntityName, name: string): Relation {
  const found = ENTITIES[entity].relations[name];
  if (!found) throw new Error(`${entity} has no relation ${name}`);
  return found;
}
