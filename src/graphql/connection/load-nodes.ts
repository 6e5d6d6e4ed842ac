import type { Snapshot } from '../../db/connection/snapshot.ts';
import type { EntityName } from '../../domain/entities.ts';

/** The entities whose items have an ID in the API and can be loaded by key: all. */
export type NodeEntity = EntityName;

/** What Prisma is to select and include, made from a GraphQL selection. */
type PrismaQuery = object;

/** Keys of items: the values of the columns of the primary key. */
type Keys = readonly (readonly string[])[];

const leadingKeys = (keys: Keys): string[] => [...new Set(keys.map(([leading = '']) => leading))];

/** How the items of each entity are loaded. */
const FIND: Readonly<
  Record<NodeEntity, (prisma: Snapshot['prisma'], keys: Keys, query: PrismaQuery) => Promise<object[]>>
> = {
  // The row id is a hash that has the interview's id in it: no two interviews share one. So is the slot's.
  appointment: (prisma, keys, query) =>
    prisma.appointment.findMany({
      ...query,
      where: { interviewId: { in: leadingKeys(keys) }, rowId: { in: keys.map(([, rowId = '']) => rowId) } },
    }),
  timeSlot: (prisma, keys, query) =>
    prisma.timeSlot.findMany({
      ...query,
      where: { interviewId: { in: leadingKeys(keys) }, slotId: { in: keys.map(([, slotId = '']) => slotId) } },
    }),
  interview: (prisma, keys, query) =>
    prisma.interview.findMany({ ...query, where: { interviewId: { in: leadingKeys(keys) } } }),
  employee: (prisma, keys, query) =>
    prisma.employee.findMany({ ...query, where: { employeeId: { in: leadingKeys(keys) } } }),
  candidate: (prisma, keys, query) =>
    prisma.candidate.findMany({ ...query, where: { candidateProfileId: { in: leadingKeys(keys) } } }),
  job: (prisma, keys, query) => prisma.job.findMany({ ...query, where: { jobId: { in: leadingKeys(keys) } } }),
  application: (prisma, keys, query) =>
    prisma.application.findMany({ ...query, where: { applicationId: { in: leadingKeys(keys) } } }),
};

/** The properties of Prisma's objects that are the key. */
const KEY_PROPERTIES: Readonly<Record<NodeEntity, readonly string[]>> = {
  appointment: ['interviewId', 'rowId'],
  timeSlot: ['interviewId', 'slotId'],
  interview: ['interviewId'],
  employee: ['employeeId'],
  candidate: ['candidateProfileId'],
  job: ['jobId'],
  application: ['applicationId'],
};

/** The key of an item that Prisma has loaded. */
export function keyOf(entity: NodeEntity, item: object): string[] {
  const values = new Map(Object.entries(item));
  return KEY_PROPERTIES[entity].map((property) => String(values.get(property)));
}

/** Loads items by their keys; gives them by `JSON.stringify` of the key. Those that no longer exist are missing. */
export async function loadNodes(
  prisma: Snapshot['prisma'],
  entity: NodeEntity,
  keys: Keys,
  query: PrismaQuery,
): Promise<ReadonlyMap<string, object>> {
  if (keys.length === 0) return new Map();
  const found = await FIND[entity](prisma, keys, query);
  return new Map(found.map((item) => [JSON.stringify(keyOf(entity, item)), item]));
}
