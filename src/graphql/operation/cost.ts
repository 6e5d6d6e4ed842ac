import {
  __Schema,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
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
import type { Costs, FieldCost } from '../builder.ts';
import { entityOfType } from '../connection/names.ts';
import { ASSUMED_LIST_SIZE, ASSUMED_TYPE_COUNT, FIELD_COST, INTROSPECTION_COST, ITEM_COST } from '../costs.ts';
import { MAX_COST, MAX_DEPTH } from '../limits.ts';
import { tooComplex } from './errors.ts';
import type { PreparedOperation } from './prepare.ts';

/** The size of a selection. */
interface SelectionSize {
  /** The cost of the fields that is multiplied by the size of the list that they belong to, and that of the others. */
  readonly cost: number;
  readonly once: number;
  /** Levels of nested fields. */
  readonly depth: number;
}

/** The cost of an operation as the response reports it in `extensions.cost`. */
interface OperationCost {
  readonly requested: number;
  /** What it would have cost to request exactly what was returned; once it is known. */
  readonly actual?: number;
  readonly limit: number;
  readonly depth: number;
  readonly depthLimit: number;
}

/** The costs of an operation by the sizes that its arguments ask for, and the variables with these sizes. */
interface KnownCosts {
  readonly variables: ReadonlySet<string>;
  readonly bySizes: Map<string, OperationCost>;
}

/** The maximum number of costs that are kept for an operation. */
const MAX_KNOWN = 100;

const known = new WeakMap<PreparedOperation, KnownCosts>();

/** Returns the cost and depth of an operation before execution (src/graphql/costs.ts). `values`: the coerced variables by name. */
export function costOf(
  schema: GraphQLSchema,
  operation: PreparedOperation,
  values: Readonly<Record<string, unknown>>,
): OperationCost {
  const costs = known.get(operation);
  const cost = costs?.bySizes.get(keyOf(costs.variables, values));
  if (cost) return cost;
  const variables = new Set<string>();
  const computed = computeCost(schema, operation, values, (variable) => variables.add(variable));
  const { bySizes } = costs ?? { bySizes: new Map<string, OperationCost>() };
  known.set(operation, { variables, bySizes });
  if (bySizes.size < MAX_KNOWN) bySizes.set(keyOf(variables, values), computed);
  return computed;
}

const keyOf = (variables: ReadonlySet<string>, values: Readonly<Record<string, unknown>>): string =>
  Array.from(variables, (variable) => String(sizeOfValue(values[variable]))).join();

/** Returns the size that an argument asks for: a number, the length of a list, 1 for another value; undefined for none. */
function sizeOfValue(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (Array.isArray(value)) return value.length;
  return value === null || value === undefined ? undefined : 1;
}

const NO_SIZE: SelectionSize = { cost: 0, once: 0, depth: 0 };

/** Returns the cost of an object of a type, beside its fields: that of an item, and nothing for others. */
export const itemCost = (type: GraphQLNamedType): number =>
  isInterfaceType(type) || entityOfType(type.name) ? ITEM_COST : 0;

/** The fragments of an operation by name. */
type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** Returns the fragments of an operation. */
export const fragmentsOf = ({ executable }: PreparedOperation): Fragments =>
  new Map(
    executable.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );

/** `onSize` receives the variables with sizes that the cost depends on; they are the same for each execution. */
function computeCost(
  schema: GraphQLSchema,
  operation: PreparedOperation,
  values: Readonly<Record<string, unknown>>,
  onSize: (variable: string) => void,
): OperationCost {
  const sizes = new Map<SelectionSetNode, Map<string, SelectionSize>>();
  const fragments = fragmentsOf(operation);

  /** Measures each selection once per type, however often a fragment is spread. */
  function sizeOf(selectionSet: SelectionSetNode, type: GraphQLNamedType): SelectionSize {
    const byType = sizes.get(selectionSet) ?? new Map<string, SelectionSize>();
    sizes.set(selectionSet, byType);
    const counted = byType.get(type.name);
    if (counted) return counted;
    let cost = 0;
    let once = 0;
    let depth = 0;
    for (const selection of selectionSet.selections) {
      const size =
        selection.kind === Kind.FIELD
          ? sizeOfField(selection, type)
          : selection.kind === Kind.INLINE_FRAGMENT
            ? sizeOn(selection.typeCondition?.name.value ?? type.name, selection.selectionSet)
            : sizeOfSpread(selection.name.value);
      cost += size.cost;
      once += size.once;
      depth = Math.max(depth, size.depth);
    }
    const size = { cost, once, depth };
    byType.set(type.name, size);
    return size;
  }

  const sizeOfSpread = (name: string): SelectionSize => {
    const fragment = fragments.get(name);
    return fragment ? sizeOn(fragment.typeCondition.name.value, fragment.selectionSet) : NO_SIZE;
  };

  const sizeOn = (typeName: string, selectionSet: SelectionSetNode): SelectionSize => {
    const type = schema.getType(typeName);
    return type ? sizeOf(selectionSet, type) : NO_SIZE;
  };

  function sizeOfField(node: FieldNode, parent: GraphQLNamedType): SelectionSize {
    const definition = fieldDefinition(schema, parent, node.name.value);
    if (!definition) return { cost: FIELD_COST, once: 0, depth: 1 };
    const { field, multiplier } = costOfField(definition, node, values, fragments, onSize);
    const type = getNamedType(definition.type);
    const below = node.selectionSet ? sizeOf(node.selectionSet, type) : NO_SIZE;
    // Introspection has its own depth rule in graphql-js, and type references through lists and non-nulls are deeply nested.
    const depth = node.name.value.startsWith('__') ? 1 : 1 + below.depth;
    const cost = field + Math.max(multiplier, 0) * (itemCost(type) + below.cost) + below.once;
    return (definition.extensions as Costs).costsOnce ? { cost: 0, once: cost, depth } : { cost, once: 0, depth };
  }

  const { cost, once, depth } = sizeOf(...rootSelection(schema, operation));
  return { requested: cost + once, limit: MAX_COST, depth, depthLimit: MAX_DEPTH };
}

/** Returns the selection at the root of an operation, as it is executed, and its type. */
export function rootSelection(
  schema: GraphQLSchema,
  { executable }: PreparedOperation,
): [SelectionSetNode, GraphQLNamedType] {
  const operation = executable.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const root = operation && schema.getRootType(operation.operation);
  if (!root) throw new Error('an operation has no root type');
  return [operation.selectionSet, root];
}

/** Returns the error of an operation that is too deep or too expensive; null if it is neither. */
export function costError({ requested, depth }: OperationCost): GraphQLError | null {
  if (depth > MAX_DEPTH) return tooComplex(`The operation has ${depth} levels; at most ${MAX_DEPTH} are allowed.`);
  if (requested > MAX_COST)
    return tooComplex(
      `The operation costs ${requested}; the maximum is ${MAX_COST}. Request fewer nodes or smaller pages.`,
    );
  return null;
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

function costOfField(
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
  for (const { name, value } of node.arguments ?? [])
    if (cost.sizes.includes(name.value) && value.kind === Kind.VARIABLE) onSize(value.name.value);
  const given = getArgumentValues(definition, node, values);
  return cost.of(Object.fromEntries(cost.sizes.map((argument) => [argument, sizeOfValue(given[argument])])), (field) =>
    selects(node.selectionSet, field, fragments),
  );
}

/** Whether a selection has a field, whatever directives say. */
const selects = (selectionSet: SelectionSetNode | undefined, field: string, fragments: Fragments): boolean =>
  (selectionSet?.selections ?? []).some((node) => {
    if (node.kind === Kind.FIELD) return node.name.value === field;
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
    return selects(fragment?.selectionSet, field, fragments);
  });
