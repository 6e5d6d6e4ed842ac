import type { Snapshot } from '../../db/connection/snapshot.ts';
import type { EntityName } from '../../domain/entities.ts';

/** Things that can be loaded by key. */
export type NodeEntity = Exclude<EntityName, 'timeSlot'>;

/** What Prisma is to select and include, made from a GraphQL selection. */
type PrismaQuery = object;

type Keys = readonly (readonly string[])[];

const leadingKeys = (keys: Keys): string[] => [...new Set(keys.map(([first = '']) => first))];

/** How each thing is loaded. */
const FIND: Readonly<
  Record<NodeEntity, (prisma: Snapshot['prisma'], keys: Keys, query: PrismaQuery) => Promise<object[]>>
> = {
  // The row id is a hash that has the interview's id in it: no two interviews share one.
  appointment: (prisma, keys, query) =>
    prisma.appointment.findMany({
      ...query,
      where: { interviewId: { in: leadingKeys(keys) }, rowId: { in: keys.map(([, rowId = '']) => rowId) } },
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
  interview: ['interviewId'],
  employee: ['employeeId'],
  candidate: ['candidateProfileId'],
  job: ['jobId'],
  application: ['applicationId'],
};

/** Loads things by their keys; gives them by `JSON.stringify` of the key. Those that have gone are missing. */
export async function loadNodes(
  prisma: Snapshot['prisma'],
  entity: NodeEntity,
  keys: Keys,
  query: PrismaQuery,
): Promise<ReadonlyMap<string, object>> {
  if (keys.length === 0) return new Map();
  const found = await FIND[entity](prisma, keys, query);
  return new Map(
    found.map((one) => [
      JSON.stringify(KEY_PROPERTIES[entity].map((name) => (one as Record<string, unknown>)[name])),
      one,
    ]),
  );
}
