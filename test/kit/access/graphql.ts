/** Which caller gets what from each query field of GraphQL, and which fields need more than the scope `read`. */
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isEnumType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { schema } from '../../../src/graphql/schema.ts';
import { type Answer, ask, type Json } from '../graphql.ts';
import type { Service } from '../service.ts';
import { CALLERS, countsIn, IDS, idOf, OTHER, OWN, type Signs, shownIn, type Tokens } from './callers.ts';

interface Sample {
  readonly query: string;
  readonly signs?: Signs;
}

/** Both single items of a field, under names of their own. */
const both = (field: string, args: (side: typeof OWN | typeof OTHER) => string, selection: string): Sample => ({
  query: `{ first: ${field}(${args(OWN)}) { ${selection} } second: ${field}(${args(OTHER)}) { ${selection} } }`,
});

const list = (field: string, selection: string): Sample => ({ query: `{ ${field} { nodes { ${selection} } } }` });

/** The samples, by query field; one without is asked for its type alone. `ids`: the global IDs of two interviews. */
const samplesOf = (ids: readonly [own: string, other: string]): Readonly<Record<string, Sample>> => ({
  appointments: list('appointments', 'row { interviewId }'),
  interviews: list('interviews', 'interviewId'),
  interviewers: list('interviewers', 'employeeId'),
  candidates: list('candidates', 'candidateProfileId'),
  jobs: list('jobs', 'jobId'),
  applications: list('applications', 'applicationId'),
  interview: both('interview', ({ word }) => `interviewId: "${word}-1"`, 'interviewId'),
  interviewer: both('interviewer', ({ word }) => `employeeId: "${word}-e0"`, 'employeeId'),
  candidate: both('candidate', (side) => `candidateProfileId: "${idOf(side, 3)}"`, 'candidateProfileId'),
  job: both('job', (side) => `jobId: "${idOf(side, 2)}"`, 'jobId'),
  application: both('application', (side) => `applicationId: "${idOf(side, 1)}"`, 'applicationId'),
  node: both('node', (side) => `id: "${ids[side === OWN ? 0 : 1]}"`, '... on Interview { interviewId }'),
  nodes: { query: `{ nodes(ids: ${JSON.stringify(ids)}) { ... on Interview { interviewId } } }` },
  dataset: { query: '{ dataset { appointments } }', signs: countsIn('appointments') },
  metrics: { query: '{ metrics(groupBy: [JOB]) { groups { key { job { jobId } } } } }' },
});

const isForbidden = ({ errors = [] }: Answer): boolean =>
  errors.some(({ extensions }) => extensions.code === 'FORBIDDEN');

async function answerOf(service: Service, token: string, query: string): Promise<Answer> {
  return await ask(service, query, {}, { 'x-smarttoken': token });
}

/** Returns a line for each query field: what each caller gets from it. */
export async function accessToQueries(service: Service, tokens: Tokens): Promise<string[][]> {
  const { data } = await answerOf(service, tokens.admin, '{ interviews { nodes { id interviewId } } }');
  const idOfInterview = (interviewId: string): string =>
    data.interviews.nodes.find((node: Json) => node.interviewId === interviewId).id;
  const samples = samplesOf([idOfInterview('own-1'), idOfInterview('other-1')]);
  const lines: string[][] = [];
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    const sample = samples[field.name] ?? { query: `{ ${selectionOf(field)} }` };
    const whole = JSON.stringify((await answerOf(service, tokens.admin, sample.query)).data);
    const cells: string[] = [];
    for (const caller of CALLERS) {
      const answer = await answerOf(service, tokens[caller], sample.query);
      const code = answer.errors?.[0]?.extensions.code;
      if (code === 'NOT_AUTHENTICATED') cells.push('401');
      else if (code === 'FORBIDDEN') cells.push('403');
      else if (code !== undefined) throw new Error(`${field.name}, ${caller}: ${JSON.stringify(answer.errors)}`);
      else cells.push(shownIn(JSON.stringify(answer.data), whole, sample.signs ?? IDS));
    }
    lines.push([`\`${field.name}\``, ...cells]);
  }
  return lines;
}

/** Values of required arguments: access is checked before anything is looked up. */
const VALUES: Readonly<Record<string, string>> = {
  ...{ ID: '"SW50ZXJ2aWV3Ong="', UUID: `"${idOf(OWN, 9)}"`, String: '"x"', Int: '1', Float: '1', Boolean: 'true' },
  ...{ DateTime: '"2026-01-01T00:00:00Z"', LocalDate: '"2026-01-01"', LocalDateTime: '"2026-01-01T00:00:00"' },
};

function argumentsOf({ args }: GraphQLField<unknown, unknown>): string {
  const sampleOf = ({ type }: GraphQLArgument) => {
    const named = getNamedType(type);
    const value = isEnumType(named) ? named.getValues()[0]?.name : VALUES[named.name];
    if (value === undefined) throw new Error(`there is no value of ${type}; add one`);
    return String(type).startsWith('[') ? `[${value}]` : value;
  };
  const given = args.filter(isRequiredArgument).map((argument) => `${argument.name}: ${sampleOf(argument)}`);
  if (args.some(({ name }) => name === 'first')) given.push('first: 1');
  if (args.some(({ name }) => name === 'groupBy')) given.push('groupBy: [JOB]');
  return given.length === 0 ? '' : `(${given.join(', ')})`;
}

const selectionOf = (field: GraphQLField<unknown, unknown>, inner = '__typename'): string => {
  const isLeaf = !('getFields' in getNamedType(field.type)) && !('getTypes' in getNamedType(field.type));
  return `${field.name}${argumentsOf(field)}${isLeaf ? '' : ` { ${inner} }`}`;
};

/** A field that needs a scope besides `read`. */
interface Guarded {
  readonly type: string;
  /** Null: all fields of the type. */
  readonly field: string | null;
  readonly scope: string;
}

/**
 * Asks for every field of every type with the scope `read`, on the shortest way that leads there, and returns what is refused, with the scope
 * that is needed instead. Each is then asked for with that scope.
 */
export async function guardedFields(service: Service, tokens: Tokens): Promise<Guarded[]> {
  const guarded: Guarded[] = [];
  const query = schema.getQueryType() as GraphQLObjectType;
  const ways = new Map<GraphQLObjectType, (selection: string) => string>([[query, (selection) => `{ ${selection} }`]]);
  /** Types that only a field leads to which is refused, with its scope. */
  const behind = new Map<GraphQLObjectType, string>();
  for (const [type, way] of ways)
    for (const field of Object.values(type.getFields())) {
      const answer = await answerOf(service, tokens.read, way(selectionOf(field)));
      const target = getNamedType(field.type);
      if (isForbidden(answer)) {
        const scope = String(answer.errors?.[0]?.extensions.scope);
        const caller = scope === 'personal' ? 'read, personal' : 'admin';
        if (isForbidden(await answerOf(service, tokens[caller], way(selectionOf(field)))))
          throw new Error(`${type}.${field.name} is refused although the token has ${caller}`);
        guarded.push({ type: type.name, field: field.name, scope });
        if (isObjectType(target)) behind.set(target, scope);
      } else {
        if (answer.errors?.some(({ extensions }) => extensions.code === 'GRAPHQL_VALIDATION_FAILED'))
          throw new Error(`${type}.${field.name}: ${JSON.stringify(answer.errors)}`);
        // A map hands out what is added while it is walked.
        if (isObjectType(target) && !ways.has(target))
          ways.set(target, (selection) => way(selectionOf(field, selection)));
      }
    }
  for (const [type, scope] of behind) {
    if (ways.has(type)) continue;
    guarded.push({ type: type.name, field: null, scope });
    for (const field of Object.values(type.getFields())) {
      const target = getNamedType(field.type);
      if (isObjectType(target) && !behind.has(target)) behind.set(target, scope);
    }
  }
  const reached = new Set([...ways.keys(), ...behind.keys()].map(({ name }) => name));
  const missed = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && !type.name.startsWith('__') && !reached.has(type.name),
  );
  if (missed.length > 0) throw new Error(`no way leads to ${missed.join(', ')}`);
  return guarded;
}
