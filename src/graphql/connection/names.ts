import type { EntityName } from '../../domain/entities.ts';
import { entriesOf } from '../../domain/types/records.ts';

/** The GraphQL type names of the entities. */
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

/** Returns the entity that a GraphQL type represents; undefined for other types. */
export const entityOfType = (name: string): EntityName | undefined => ENTITIES.get(name);
