import type { Snapshot } from '../../db/connection/snapshot.ts';
import type { EntityName } from '../../domain/entities.ts';

/** The entities whose items have a global ID and can be loaded by primary key: all of them. */
export type NodeEntity = EntityName;

/** The `select` and `include` of a Prisma query, built from a GraphQL selection. */
type PrismaQuery = object;

/** Primary keys: the values of the key columns of each item. */
type Keys = readonly (readonly string[])[];

const leadingKeys = (keys: Keys): string[] => [...new Set(keys.map(([leading = '']) => leading))];

/** Loads the items of each entity. */
const FIND: Readonly<
  Record<NodeEntity, (prisma: Snapshot['prisma'], keys: Keys, query: PrismaQuery) => Promise<object[]>>
> = {
  // The row id and the slot id are hashes that include the interview's id, so no two interviews share one.
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

/** The key properties of Prisma's objects. */
const KEY_PROPERTIES: Readonly<Record<NodeEntity, readonly string[]>> = {
  appointment: ['interviewId', 'rowId'],
  timeSlot: ['interviewId', 'slotId'],
  interview: ['interviewId'],
  employee: ['employeeId'],
  candidate: ['candidateProfileId'],
  job: ['jobId'],
  application: ['applicationId'],
};

/** Returns the primary key of an item that Prisma loaded. */
export function keyOf(entity: NodeEntity, item: object): string[] {
  const values = new Map(Object.entries(item));
  return KEY_PROPERTIES[entity].map((property) => String(values.get(property)));
}

/** Loads items by primary key. Returns a map by the `JSON.stringify` of the key; items that do not exist are missing from it. */
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
