import {
  __Schema,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getArgumentValues,
  getNullableType,
  introspectionTypes,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql';
import { isRecord } from '../../../domain/types/property.ts';
import type { Costs, FieldCost } from '../../builder.ts';
import { entityOfType } from '../../connection/names.ts';
import { ASSUMED_LIST_SIZE, ASSUMED_TYPE_COUNT, FIELD_COST, INTROSPECTION_COST, ITEM_COST } from '../../costs.ts';
import { type Fragments, spreadOnce } from '../../fragments.ts';

/** Returns the cost of an object of a type, beside its fields: that of an item, and nothing for others. */
export const itemCost = (type: GraphQLNamedType): number =>
  isInterfaceType(type) || entityOfType(type.name) ? ITEM_COST : 0;

/**
 * Returns the size that an argument asks for: a number, the length of a list, the number of conditions of a filter, and 1 for another
 * value; undefined for none.
 */
export function sizeOfValue(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (Array.isArray(value)) return value.length;
  if (isRecord(value)) return conditionsOf(value);
  return value === null || value === undefined ? undefined : 1;
}

/** Returns the number of comparisons in a filter, of which one with a list of values is one; at least 1. */
function conditionsOf(value: object): number {
  const below = Object.values(value);
  const nested = below.filter((one) => typeof one === 'object' && one !== null);
  if (nested.length === 0) return Array.isArray(value) ? 1 : Math.max(1, below.length);
  return below.length - nested.length + nested.reduce((sum: number, one: object) => sum + conditionsOf(one), 0);
}

/** `__schema.types`: a long list with large selections. */
const TYPES_FIELD = __Schema.getFields().types;

/** The fields of the schema's description. */
const INTROSPECTION_FIELDS: ReadonlySet<GraphQLField<unknown, unknown>> = new Set(
  introspectionTypes.flatMap((type) => (isObjectType(type) ? Object.values(type.getFields()) : [])),
);

/** GraphQL's meta fields, which the types of the schema do not list. */
const META_FIELDS = [SchemaMetaFieldDef, TypeMetaFieldDef, TypeNameMetaFieldDef];

/** Returns the field of a type with this name, GraphQL's meta fields included. */
export const fieldDefinition = (
  schema: GraphQLSchema,
  parent: GraphQLNamedType,
  name: string,
): GraphQLField<unknown, unknown> | undefined =>
  META_FIELDS.find(
    (field) => field.name === name && (field === TypeNameMetaFieldDef || parent === schema.getQueryType()),
  ) ?? (isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined);

/** Returns the cost of a field itself, without its selection. `values`: the coerced variables by name. */
export const fieldCost = (
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
  values: Readonly<Record<string, unknown>>,
  fragments: Fragments,
): number => costOfField(definition, node, values, fragments, () => {}).field;

/**
 * Returns the cost of a field itself, and the factor for its selection. `values`: the coerced variables by name. `onSize` receives the
 * variables whose sizes it depends on.
 */
export function costOfField(
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
  values: Readonly<Record<string, unknown>>,
  fragments: Fragments,
  onSize: (variable: string) => void,
): FieldCost {
  if (definition === TYPES_FIELD) return { field: INTROSPECTION_COST, multiplier: ASSUMED_TYPE_COUNT };
  const { cost } = definition.extensions as Costs;
  if (!cost)
    return {
      field: INTROSPECTION_FIELDS.has(definition) ? INTROSPECTION_COST : FIELD_COST,
      multiplier: isListType(getNullableType(definition.type)) ? ASSUMED_LIST_SIZE : 1,
    };
  if (!('sizes' in cost)) return cost;
  return cost.of(sizesOf(cost.sizes, definition, node, values, onSize), (field) =>
    selects(node.selectionSet, field, fragments),
  );
}

/** Returns what a field costs once in the operation, however many items it is read of. Parameters as in `costOfField`. */
export function statementCost(
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
  values: Readonly<Record<string, unknown>>,
  onSize: (variable: string) => void,
): number {
  const { statement = 0 } = definition.extensions as Costs;
  return typeof statement === 'number'
    ? statement
    : statement.of(sizesOf(statement.sizes, definition, node, values, onSize));
}

/** Returns the sizes that arguments of a field ask for. */
function sizesOf(
  names: readonly string[],
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
  values: Readonly<Record<string, unknown>>,
  onSize: (variable: string) => void,
): Readonly<Record<string, number | undefined>> {
  for (const { name, value } of node.arguments ?? [])
    if (names.includes(name.value) && value.kind === Kind.VARIABLE) onSize(value.name.value);
  const given = getArgumentValues(definition, node, values);
  return Object.fromEntries(names.map((argument) => [argument, sizeOfValue(given[argument])]));
}

/** Whether a selection has a field, whatever directives say. */
const selects = (
  selectionSet: SelectionSetNode | undefined,
  field: string,
  fragments: Fragments,
  spread = new Set<string>(),
): boolean =>
  (selectionSet?.selections ?? []).some((node) => {
    if (node.kind === Kind.FIELD) return node.name.value === field;
    return selects(spreadOnce(node, fragments, spread)?.selectionSet, field, fragments, spread);
  });
