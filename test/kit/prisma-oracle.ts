/**
 * Random pages with random selections below them, as a GraphQL operation and as a call of Prisma's findMany: two ways to the same rows that
 * share nothing but the tables.
 */
import fc from 'fast-check';
import { type Attribute, type EntityName, entityOf } from '../../src/domain/entities.ts';
import { nameOfColumn } from '../../src/domain/fields.ts';
import { NAMES } from '../../src/graphql/connection/names.ts';
import { listOf, type Row, type Tables } from './filters.ts';
import type { Json } from './graphql.ts';

/** What is asked of each item. */
interface Asked {
  readonly entity: EntityName;
  readonly attributes: readonly string[];
  readonly related: readonly AskedRelation[];
}

interface AskedRelation {
  readonly name: string;
  /** For a connection: the number of items. */
  readonly first: number | null;
  readonly many: boolean;
  readonly asked: Asked;
}

/** A page of an entity. */
export interface AskedPage {
  readonly asked: Asked;
  readonly size: number;
  readonly backward: boolean;
  readonly order: {
    readonly field: string;
    readonly direction: 'ASC' | 'DESC';
    readonly nulls: 'FIRST' | 'LAST';
  } | null;
  /** An attribute and the value that it must have. */
  readonly where: { readonly name: string; readonly value: string | boolean | null } | null;
}

/** The attributes by which each entity can be sorted here; the first is the default. Names have an order of their own, which Postgres hasn't. */
const ORDERS: Readonly<Record<EntityName, readonly [string, ...string[]]>> = {
  appointment: ['startsAt', 'reviewedAt'],
  interview: ['startsAt', 'createdAt', 'updatedAt', 'interviewId', 'endsAt', 'duration', 'type', 'candidateStatus'],
  timeSlot: ['startsAt', 'endsAt', 'duration', 'room'],
  employee: ['employeeId'],
  candidate: ['candidateProfileId'],
  job: ['jobId'],
  application: ['applicationId', 'stage', 'step'],
};

/** The lists without pagination that have Prisma relations, and their order. */
const LISTS: Readonly<Record<string, readonly string[]>> = {
  'interview.timeSlots': ['startTime', 'endTime', 'slotId'],
  'timeSlot.appointments': ['interviewerEmployeeId', 'rowId'],
};

const ROOTS: readonly EntityName[] = ['appointment', 'interview', 'employee', 'candidate', 'job', 'application'];

/** The name of an attribute's property in Prisma's model. */
const propertyOf = (attribute: Attribute): string =>
  attribute.kind === 'fullName' ? '' : nameOfColumn(attribute.column);

const attributesOf = (entity: EntityName) => Object.entries(entityOf(entity).attributes);

/** Whether a relation exists in Prisma's model: those through a link table don't. */
const relationsOf = (entity: EntityName) =>
  Object.entries(entityOf(entity).relations).filter(([, relation]) => !relation.through);

function anyAsked(entity: EntityName, levels: number): fc.Arbitrary<Asked> {
  const names = attributesOf(entity).map(([name]) => name);
  const related = levels === 0 ? fc.constant([]) : fc.subarray(relationsOf(entity), { maxLength: 2 });
  return related.chain((relations) =>
    fc.record({
      entity: fc.constant(entity),
      attributes: fc.subarray(names, { minLength: 1 }),
      related: fc.tuple(
        ...relations.map(([name, { to, many }]) =>
          fc.record({
            name: fc.constant(name),
            many: fc.constant(many),
            first: many && !LISTS[`${entity}.${name}`] ? fc.integer({ min: 0, max: 4 }) : fc.constant(null),
            asked: anyAsked(to, levels - 1),
          }),
        ),
      ),
    }),
  );
}

const COMPARED = new Set<Attribute['kind']>(['identifier', 'text', 'uuid', 'enumeration', 'boolean']);

function anyFilter(entity: EntityName, rows: readonly Row[]): fc.Arbitrary<AskedPage['where']> {
  const filters = attributesOf(entity).flatMap(([name, attribute]) =>
    attribute.kind !== 'fullName' && COMPARED.has(attribute.kind) ? [{ name, column: attribute.column }] : [],
  );
  return fc.option(
    fc
      .tuple(fc.constantFrom(...filters), fc.nat({ max: Math.max(0, rows.length - 1) }))
      .map(([{ name, column }, at]) => ({ name, value: rows[at]?.[column] ?? null })),
  );
}

/** Any page over what is stored. */
export const anyPage = (tables: Tables): fc.Arbitrary<AskedPage> =>
  fc.constantFrom(...ROOTS).chain((entity) =>
    fc.record({
      asked: anyAsked(entity, 3),
      size: fc.integer({ min: 0, max: 12 }),
      backward: fc.boolean(),
      order: fc.option(
        fc.record({
          field: fc.constantFrom(...ORDERS[entity]),
          direction: fc.constantFrom('ASC', 'DESC'),
          nulls: fc.constantFrom('FIRST', 'LAST'),
        }),
      ),
      where: anyFilter(entity, tables[entity]),
    }),
  );

const enumValue = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

/** The page as a GraphQL operation. */
export function toGraphql({ asked, size, backward, order, where }: AskedPage): { query: string; variables: object } {
  const list = listOf(asked.entity);
  const orderBy = order && [{ ...order, field: enumValue(order.field) }];
  const filter = where && { [where.name]: where.value === null ? { isNull: true } : { eq: where.value } };
  const type = NAMES[asked.entity];
  return {
    query: `query ($size: Int, $where: ${type}Where, $orderBy: [${type}OrderBy!]) {
      ${list}(${backward ? 'last' : 'first'}: $size, where: $where, orderBy: $orderBy) { totalCount nodes ${selected(asked)} } }`,
    variables: { size, where: filter, orderBy },
  };
}

function selected({ attributes, related }: Asked): string {
  const below = related.map(({ name, first, asked }) =>
    first === null ? `${name} ${selected(asked)}` : `${name}(first: ${first}) { totalCount nodes ${selected(asked)} }`,
  );
  return `{ ${[...attributes, ...below].join(' ')} }`;
}

/** Returns the order of an entity as Prisma takes it, with its primary key as the tie-breaker. */
function prismaOrder(entity: EntityName, order: AskedPage['order'], reversed: boolean): Json[] {
  const { field, direction, nulls } = order ?? { field: ORDERS[entity][0], direction: 'ASC', nulls: 'LAST' };
  const attribute = entityOf(entity).attributes[field];
  if (!attribute || attribute.kind === 'fullName') throw new Error(`${entity} has no column ${field}`);
  const descending = (direction === 'DESC') !== reversed;
  const sort = descending ? 'desc' : 'asc';
  const first = (nulls === 'FIRST') !== reversed;
  const key = propertyOf(attribute);
  const tie = entityOf(entity)
    .key.map(({ column }) => nameOfColumn(column))
    .filter((name) => name !== key);
  return [
    { [key]: attribute.nullable ? { sort, nulls: first ? 'first' : 'last' } : sort },
    ...tie.map((name) => ({ [name]: sort })),
  ];
}

/** The arguments of findMany, and of count, for the page. */
export function toPrisma({ asked, size, backward, order, where }: AskedPage): { page: Json; where: Json } {
  const attribute = where && entityOf(asked.entity).attributes[where.name];
  const filter = where && attribute ? { [propertyOf(attribute)]: where.value } : {};
  return {
    page: {
      select: prismaSelect(asked),
      where: filter,
      orderBy: prismaOrder(asked.entity, order, backward),
      take: size,
    },
    where: filter,
  };
}

function prismaSelect({ entity, attributes, related }: Asked): Json {
  const select: Record<string, Json> = {};
  for (const { column } of entityOf(entity).key) select[nameOfColumn(column)] = true;
  for (const name of attributes) {
    const attribute = entityOf(entity).attributes[name];
    if (attribute?.kind === 'fullName') for (const column of attribute.columns) select[nameOfColumn(column)] = true;
    else if (attribute) select[propertyOf(attribute)] = true;
  }
  for (const { name, many, first, asked } of related) {
    const list = LISTS[`${entity}.${name}`];
    const below = { select: prismaSelect(asked) };
    if (!many) select[name] = below;
    else if (list) select[name] = { ...below, orderBy: list.map((key) => ({ [key]: 'asc' })) };
    else {
      select[name] = { ...below, orderBy: prismaOrder(asked.entity, null, false), take: first };
      select._count = { select: { ...select._count?.select, [name]: true } };
    }
  }
  return select;
}

/** What Prisma found, as GraphQL answers it. */
export function asAnswer(page: AskedPage, rows: readonly Json[], totalCount: number): Json {
  const nodes = rows.map((row) => answered(page.asked, row));
  return { [listOf(page.asked.entity)]: { totalCount, nodes: page.backward ? nodes.reverse() : nodes } };
}

function answered({ entity, attributes, related }: Asked, row: Json): Json {
  if (row === null) return null;
  const values = attributes.map((name) => [name, answeredValue(entityOf(entity).attributes[name], row)]);
  const below = related.map(({ name, many, first, asked }) => {
    if (!many) return [name, answered(asked, row[name])];
    const nodes = row[name].map((item: Json) => answered(asked, item));
    return [name, first === null ? nodes : { totalCount: row._count[name], nodes }];
  });
  return Object.fromEntries([...values, ...below]);
}

function answeredValue(attribute: Attribute | undefined, row: Json): Json {
  if (attribute?.kind === 'fullName')
    return attribute.columns.flatMap((column) => row[nameOfColumn(column)] || []).join(' ') || null;
  const value = attribute ? row[propertyOf(attribute)] : undefined;
  if (value === null || value === undefined) return value;
  if (value instanceof Date) return `${value.toISOString().slice(0, 19)}${attribute?.kind === 'local' ? '' : 'Z'}`;
  return attribute?.kind === 'number' ? Number(value) : value;
}
