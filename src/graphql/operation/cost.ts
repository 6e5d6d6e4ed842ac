import {
  __Schema,
  type FieldNode,
  type GraphQLError,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getNullableType,
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
import { ASSUMED_LIST_SIZE, ASSUMED_TYPE_COUNT, MAX_COST, MAX_DEPTH } from '../limits.ts';
import { tooComplex } from './errors.ts';
import type { PreparedOperation } from './prepare.ts';

/** What an operation asks for. */
interface SelectionSize {
  readonly cost: number;
  /** Fields in each other. */
  readonly depth: number;
}

/** What an answer tells of its operation's cost, in `extensions.cost`. */
interface OperationCost {
  readonly requested: number;
  readonly limit: number;
  readonly depth: number;
  readonly depthLimit: number;
}

/** Counts what an operation asks for before it is executed (src/graphql/limits.ts). `values`: all of it, by their names in what is executed. */
export function costOf(
  schema: GraphQLSchema,
  { executable }: PreparedOperation,
  values: Readonly<Record<string, unknown>>,
): OperationCost {
  const sizes = new Map<SelectionSetNode, Map<string, SelectionSize>>();
  const fragments = new Map<string, { type: string; selectionSet: SelectionSetNode }>();
  for (const one of executable.definitions)
    if (one.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(one.name.value, { type: one.typeCondition.name.value, selectionSet: one.selectionSet });

  /** Each selection is counted once for each type, however often it is spread. */
  function sizeOf(selectionSet: SelectionSetNode, type: GraphQLNamedType): SelectionSize {
    const byType = sizes.get(selectionSet) ?? new Map<string, SelectionSize>();
    sizes.set(selectionSet, byType);
    const counted = byType.get(type.name);
    if (counted) return counted;
    let cost = 0;
    let depth = 0;
    for (const selection of selectionSet.selections) {
      const size =
        selection.kind === Kind.FIELD
          ? sizeOfField(selection, type)
          : selection.kind === Kind.INLINE_FRAGMENT
            ? sizeOn(selection.typeCondition?.name.value ?? type.name, selection.selectionSet)
            : sizeOfSpread(selection.name.value);
      cost += size.cost;
      depth = Math.max(depth, size.depth);
    }
    const size = { cost, depth };
    byType.set(type.name, size);
    return size;
  }

  const sizeOfSpread = (name: string): SelectionSize => {
    const fragment = fragments.get(name);
    return fragment ? sizeOn(fragment.type, fragment.selectionSet) : { cost: 0, depth: 0 };
  };

  const sizeOn = (typeName: string, selectionSet: SelectionSetNode): SelectionSize => {
    const type = schema.getType(typeName);
    return type ? sizeOf(selectionSet, type) : { cost: 0, depth: 0 };
  };

  function sizeOfField(node: FieldNode, parent: GraphQLNamedType): SelectionSize {
    const definition = fieldDefinition(schema, parent, node.name.value);
    if (!definition) return { cost: 1, depth: 1 };
    const { field, multiplier } = costOfField(definition, node, values);
    if (!node.selectionSet) return { cost: field, depth: 1 };
    const below = sizeOf(node.selectionSet, getNamedType(definition.type));
    // Types of the schema lead to each other on another rule of GraphQL's own, and those of lists and nulls in many levels.
    const depth = node.name.value.startsWith('__') ? 1 : 1 + below.depth;
    return { cost: field + Math.max(multiplier, 0) * below.cost, depth };
  }

  const [operation] = executable.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  const root = operation && schema.getRootType(operation.operation);
  if (!root) throw new Error('an operation has no root type');
  const { cost, depth } = sizeOf(operation.selectionSet, root);
  return { requested: cost, limit: MAX_COST, depth, depthLimit: MAX_DEPTH };
}

/** Why an operation of this cost is refused; null: it isn't. */
export function costError({ requested, depth }: OperationCost): GraphQLError | null {
  if (depth > MAX_DEPTH) return tooComplex(`The operation has ${depth} levels; at most ${MAX_DEPTH} are allowed.`);
  if (requested > MAX_COST)
    return tooComplex(
      `The operation costs ${requested}; at most ${MAX_COST} are allowed. Ask for fewer nodes or smaller pages.`,
    );
  return null;
}

/** The types of the schema are many, and there is much below each. */
const TYPES_FIELD = __Schema.getFields().types;

/** Fields of GraphQL itself, which the types of the schema don't list. */
const META_FIELDS = [SchemaMetaFieldDef, TypeMetaFieldDef, TypeNameMetaFieldDef];

const fieldDefinition = (
  schema: GraphQLSchema,
  parent: GraphQLNamedType,
  name: string,
): GraphQLField<unknown, unknown> | undefined =>
  META_FIELDS.find(
    (field) => field.name === name && (field === TypeNameMetaFieldDef || parent === schema.getQueryType()),
  ) ?? (isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined);

function costOfField(
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
  values: Readonly<Record<string, unknown>>,
): FieldCost {
  if (definition === TYPES_FIELD) return { field: 1, multiplier: ASSUMED_TYPE_COUNT };
  const { cost } = definition.extensions as Costs<object>;
  if (typeof cost === 'function') return cost(getArgumentValues(definition, node, values));
  return cost ?? { field: 1, multiplier: isListType(getNullableType(definition.type)) ? ASSUMED_LIST_SIZE : 1 };
}
