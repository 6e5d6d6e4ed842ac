import type { Snapshot } from '../../db/connection/snapshot.ts';
import type { EntityName } from '../../domain/entities.ts';

/** Things that can be loaded by key. */
export type Loadable = Exclude<EntityName, 'timeSlot'>;

/** What Prisma is to select and include, made from a GraphQL selection. */
type Query = object;

type Keys = readonly (readonly string[])[];

const firsts = (keys: Keys): string[] => [...new Set(keys.map(([first = '']) => first))];

/** How each thing is loaded. */
const FIND: Readonly<Record<Loadable, (prisma: Snapshot['prisma'], keys: Keys, query: Query) => Promise<object[]>>> = {
  // The row id is a hash that has the interview's id in it: no two interviews share one.
  appointment: (prisma, keys, query) =>
    prisma.appointment.findMany({
      ...query,
      where: { interviewId: { in: firsts(keys) }, rowId: { in: keys.map(([, rowId = '']) => rowId) } },
    }),
  interview: (prisma, keys, query) =>
    prisma.interview.findMany({ ...query, where: { interviewId: { in: firsts(keys) } } }),
  employee: (prisma, keys, query) =>
    prisma.employee.findMany({ ...query, where: { employeeId: { in: firsts(keys) } } }),
  candidate: (prisma, keys, query) =>
    prisma.candidate.findMany({ ...query, where: { candidateProfileId: { in: firsts(keys) } } }),
  job: (prisma, keys, query) => prisma.job.findMany({ ...query, where: { jobId: { in: firsts(keys) } } }),
  application: (prisma, keys, query) =>
    prisma.application.findMany({ ...query, where: { applicationId: { in: firsts(keys) } } }),
};

/** The properties of Prisma's objects that are the key. */
const KEYS: Readonly<Record<Loadable, readonly string[]>> = {
  appointment: ['interviewId', 'rowId'],
  interview: ['interviewId'],
  employee: ['employeeId'],
  candidate: ['candidateProfileId'],
  job: ['jobId'],
  application: ['applicationId'],
};

/** Loads things by their keys; gives them by `JSON.stringify` of the key. Those that have gone are missing. */
export async function loadObjects(
  prisma: Snapshot['prisma'],
  entity: Loadable,
  keys: Keys,
  query: Query,
): Promise<ReadonlyMap<string, object>> {
  if (keys.length === 0) return new Map();
  const found = await FIND[entity](prisma, keys, query);
  return new Map(
    found.map((one) => [JSON.stringify(KEYS[entity].map((name) => (one as Record<string, unknown>)[name])), one]),
  );
}
