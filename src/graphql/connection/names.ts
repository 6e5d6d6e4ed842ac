import type { EntityName } from '../../domain/entities.ts';
import { entriesOf } from '../../domain/types/records.ts';

/** The names of the entities' types in the API. */
export const NAMES: Readonly<Record<EntityName, string>> = {
  appointment: 'Appointment',
  interview: 'Interview',
  timeSlot: 'TimeSlot',
  employee: 'Interviewer',
  candidate: 'Candidate',
  job: 'Job',
  application: 'Application',
};

const ENTITIES: ReadonlyMap<string, EntityName> = new Map(
  entriesOf<EntityName, string>(NAMES).map(([entity, name]) => [name, entity]),
);

/** The entity that a type shows; undefined for other types. */
export const entityOfType = (name: string): EntityName | undefined => ENTITIES.get(name);
