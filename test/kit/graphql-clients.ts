/** What the tests of GraphQL clients have in common: what they ask, and what is sent for it. */
import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLObjectType, getNamedType, isObjectType } from 'graphql';
import type { Json } from './graphql.ts';

/** A page of interviews. */
export const INTERVIEWS = `query Interviews($first: Int, $after: String, $where: InterviewWhere) {
  interviews(first: $first, after: $after, where: $where) {
    totalCount
    edges { cursor node { id interviewId canceled } }
    nodes { id }
    pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
  }
}`;

/** What has no id, in two queries that select different fields of it, and in one that selects what both did. */
export const [ONE_HALF = '', OTHER_HALF = '', BOTH_HALVES = ''] = [
  ['name', 'limitPerSecond', 'version', 'interviewId'],
  ['scopes', 'concurrentLimit', 'interviews', 'startTime'],
  ['name scopes', 'limitPerSecond concurrentLimit', 'version interviews', 'interviewId startTime'],
].map(
  ([viewer, budget, dataset, row]) => `{ viewer { ${viewer} rateBudget { ${budget} } } dataset { ${dataset} }
    appointments(first: 1) { edges { node { id row { ${row} } } } } }`,
);

/** Sends requests as they come, and keeps their bodies. */
export function recordingFetch(): { fetch: typeof fetch; bodies: Json[] } {
  const bodies: Json[] = [];
  return {
    bodies,
    fetch: async (address, init) => {
      bodies.push(JSON.parse(String(init?.body)));
      return await fetch(address, init);
    },
  };
}

/** The object types of schema.graphql, but the root. */
const objectTypes = (): GraphQLObjectType[] => {
  const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'));
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith('__'));
};

/** The names of those that have no id; `pages` are the parts of a connection. */
export function withoutId(): { things: string[]; pages: string[] } {
  const names = objectTypes()
    .filter((type) => type.name !== 'Query' && !type.getFields().id)
    .map(({ name }) => name)
    .sort();
  const isPage = (name: string) => /(Connection|Edge|^PageInfo)$/.test(name);
  return { things: names.filter((name) => !isPage(name)), pages: names.filter(isPage) };
}

/** The fields that give pages, by the type that has them. */
export const pagedFields = (): Record<string, string[]> =>
  Object.fromEntries(
    objectTypes().flatMap((type) => {
      const names = Object.values(type.getFields())
        .filter((field) => getNamedType(field.type).name.endsWith('Connection'))
        .map(({ name }) => name)
        .sort();
      return names.length === 0 ? [] : [[type.name, names]];
    }),
  );
