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
    description,
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
  description,
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
        startsAt: ['instant', 'Start of the time slot; null if its time zone is unknown or skips that time.'],
        endsAt: ['instant', 'End of the time slot; null if its time zone is unknown or skips that time.'],
        reviewedAt: [
          'instant',
          'Time of the review: end of the time slot plus `timeToProvideFeedback`; null if either is null.',
        ],
      }),
    },
    relations: {
      interview: one('interview', 'The interview.', 'interview_id'),
      timeSlot: one('timeSlot', 'The time slot.', 'interview_id', 'slot_id'),
      interviewer: one('employee', 'The interviewer.', ['interviewer_employee_id', 'employee_id']),
      candidate: one('candidate', 'The candidate.', 'candidate_profile_id'),
      job: one('job', 'The job.', 'job_id'),
      application: one('application', 'The application.', 'application_id'),
    },
  },
  interview: {
    table: 'interview',
    key: [{ column: 'interview_id', ...text }],
    attributes: attributes({
      interviewId: ['identifier', 'ID in the applicant-tracking system.', 'stated'],
      type: ['enum interview_type', 'Type of the interview.'],
      location: ['text', 'Location: an address, a phone number or a link.', 'personal'],
      timeZone: ['zone', 'IANA time zone of its local times.'],
      createdAt: ['instant', 'Time of creation.'],
      updatedAt: ['instant', 'Time of the last update.'],
      startDate: ['local', 'Local start in its time zone.'],
      startsAt: ['instant', 'Start; null if the time zone is unknown or skips that time.'],
      duration: ['number', 'Total duration of its time slots in hours, as in the extract.'],
      canceled: ['boolean', 'Whether the interview was canceled.'],
      candidateStatus: ['enum response_status', 'The candidate’s response to the invitation.'],
      applicationId: ['uuid', 'ID of the application.'],
      candidateProfileId: ['uuid', 'ID of the candidate.'],
      jobId: ['uuid', 'ID of the job.'],
      creatorEmployeeId: ['identifier', 'ID of the employee who created the interview.'],
    }),
    relations: {
      appointments: many('appointment', 'Its appointments, one per interviewer and time slot.', 'interview_id'),
      timeSlots: many('timeSlot', 'Its time slots.', 'interview_id'),
      application: one('application', 'The application.', 'application_id'),
      candidate: one('candidate', 'The candidate.', 'candidate_profile_id'),
      job: one('job', 'The job.', 'job_id'),
      creator: one('employee', 'Employee who created the interview.', ['creator_employee_id', 'employee_id']),
      interviewers: through(
        many('employee', 'Interviewers of its time slots; those without an employee ID are not included.', [
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
      interviewId: ['identifier', 'ID of the interview.', 'stated'],
      startTime: ['local', 'Local start in the interview’s time zone.'],
      endTime: ['local', 'Local end in the interview’s time zone.'],
      startsAt: ['instant', 'Start; null if the time zone is unknown or skips that time.'],
      endsAt: ['instant', 'End; null if the time zone is unknown or skips that time.'],
      duration: ['number', 'Duration in hours, as in the extract.'],
      room: ['text', 'The room.', 'personal'],
      applicationStage: ['enum application_stage', 'Stage of the application at the time.'],
      applicationStep: ['text', 'Current step within the stage.'],
      interviewerCount: ['integer', 'Number of interviewers, as in the extract.'],
    }),
    relations: {
      interview: one('interview', 'The interview.', 'interview_id'),
      appointments: many('appointment', 'Its appointments, one per interviewer.', 'interview_id', 'slot_id'),
    },
  },
  employee: {
    table: 'employee',
    key: [{ column: 'employee_id', ...text }],
    attributes: attributes({
      employeeId: ['identifier', 'ID in the applicant-tracking system.', 'stated'],
      firstName: ['text', 'First name.', 'personal'],
      lastName: ['text', 'Last name.', 'personal'],
    }),
    fullName,
    relations: {
      appointments: many('appointment', 'Appointments as an interviewer.', ['employee_id', 'interviewer_employee_id']),
      interviews: through(
        many('interview', 'Interviews as an interviewer.', ['employee_id', 'interview_id']),
        'appointment',
        'interviewer_employee_id',
        'interview_id',
      ),
      createdInterviews: many('interview', 'Interviews they created.', ['employee_id', 'creator_employee_id']),
    },
  },
  candidate: {
    table: 'candidate',
    key: [{ column: 'candidate_profile_id', ...uuid }],
    attributes: attributes({
      candidateProfileId: ['uuid', 'ID in the applicant-tracking system.', 'stated'],
      firstName: ['text', 'First name, if imported.', 'personal'],
      lastName: ['text', 'Last name, if imported.', 'personal'],
    }),
    fullName,
    relations: {
      appointments: many('appointment', 'Their appointments.', 'candidate_profile_id'),
      interviews: many('interview', 'Their interviews.', 'candidate_profile_id'),
      timeSlots: slotsOfInterviews('The time slots of their interviews.', 'candidate_profile_id'),
      applications: many('application', 'Their applications.', 'candidate_profile_id'),
      jobs: through(
        many('job', 'Jobs they are interviewed for.', ['candidate_profile_id', 'job_id']),
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
      jobId: ['uuid', 'ID in the applicant-tracking system.', 'stated'],
      title: ['text', 'Title, if imported.'],
      department: ['text', 'Department, if imported.'],
    }),
    relations: {
      appointments: many('appointment', 'Its appointments.', 'job_id'),
      interviews: many('interview', 'Its interviews.', 'job_id'),
      timeSlots: slotsOfInterviews('The time slots of its interviews.', 'job_id'),
      applications: many('application', 'Its applications.', 'job_id'),
      candidates: through(
        many('candidate', 'Candidates interviewed for the job.', ['job_id', 'candidate_profile_id']),
        'appointment',
        'job_id',
        'candidate_profile_id',
      ),
      interviewers: through(
        many('employee', 'Interviewers for the job; those without an employee ID are not included.', [
          'job_id',
          'employee_id',
        ]),
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
      applicationId: ['uuid', 'ID in the applicant-tracking system.', 'stated'],
      candidateProfileId: ['uuid', 'ID of the candidate.'],
      jobId: ['uuid', 'ID of the job.'],
      stage: ['enum application_stage', 'Current stage.'],
      step: ['text', 'Current step within the stage.'],
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
