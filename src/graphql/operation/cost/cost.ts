import {
  type FieldNode,
  type GraphQLError,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import type { Costs } from '../../builder.ts';
import { entityOfType } from '../../connection/names.ts';
import { FIELD_COST, RELATION_COST } from '../../costs.ts';
import { fragmentsOf } from '../../fragments.ts';
import { MAX_COST, MAX_DEPTH } from '../../limits.ts';
import { tooComplex } from '../errors.ts';
import type { PreparedOperation } from '../prepare.ts';
import { costOfField, fieldDefinition, itemCost, sizeOfValue, statementCost } from './field-cost.ts';

/** The size of a selection. */
interface SelectionSize {
  /** The cost of the fields that is multiplied by the size of the list that they belong to, and that of the others. */
  readonly cost: number;
  readonly once: number;
  /** The relations in it, each of which Postgres plans once. */
  readonly relations: number;
  /** The cost of statements that are sent once for all items. */
  readonly statements: number;
  /** Levels of nested fields. */
  readonly depth: number;
}

/** The cost of an operation. */
export interface OperationCost {
  readonly requested: number;
  /** The part of it for statements that are sent once, whatever is returned: it is part of the actual cost, too. */
  readonly statements: number;
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

const NO_SIZE: SelectionSize = { cost: 0, once: 0, relations: 0, statements: 0, depth: 0 };

/** `onSize` receives the variables with sizes that the cost depends on; they are the same for each execution. */
function computeCost(
  schema: GraphQLSchema,
  operation: PreparedOperation,
  values: Readonly<Record<string, unknown>>,
  onSize: (variable: string) => void,
): OperationCost {
  const sizes = new Map<SelectionSetNode, Map<string, SelectionSize>>();
  const fragments = fragmentsOf(operation.executable);

  /** Measures each selection once per type, however often a fragment is spread. */
  function sizeOf(selectionSet: SelectionSetNode, type: GraphQLNamedType): SelectionSize {
    const byType = sizes.get(selectionSet) ?? new Map<string, SelectionSize>();
    sizes.set(selectionSet, byType);
    const counted = byType.get(type.name);
    if (counted) return counted;
    let cost = 0;
    let once = 0;
    let relations = 0;
    let statements = 0;
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
      relations += size.relations;
      statements += size.statements;
      depth = Math.max(depth, size.depth);
    }
    const size = { cost, once, relations, statements, depth };
    byType.set(type.name, size);
    return size;
  }

  const sizeOfSpread = (name: string): SelectionSize => {
    const fragment = fragments[name];
    return fragment ? sizeOn(fragment.typeCondition.name.value, fragment.selectionSet) : NO_SIZE;
  };

  const sizeOn = (typeName: string, selectionSet: SelectionSetNode): SelectionSize => {
    const type = schema.getType(typeName);
    return type ? sizeOf(selectionSet, type) : NO_SIZE;
  };

  function sizeOfField(node: FieldNode, parent: GraphQLNamedType): SelectionSize {
    const definition = fieldDefinition(schema, parent, node.name.value);
    if (!definition) return { ...NO_SIZE, cost: FIELD_COST, depth: 1 };
    const { field, multiplier } = costOfField(definition, node, values, fragments, onSize);
    const type = getNamedType(definition.type);
    const below = node.selectionSet ? sizeOf(node.selectionSet, type) : NO_SIZE;
    // Introspection has its own depth rule in graphql-js, and type references through lists and non-nulls are deeply nested.
    const depth = node.name.value.startsWith('__') ? 1 : 1 + below.depth;
    // A page of no items has its fields all the same, which have to be read and planned.
    const cost = field + Math.max(multiplier, 1) * (itemCost(type) + below.cost) + below.once;
    const relations = below.relations + (entityOfType(parent.name) && node.selectionSet ? 1 : 0);
    const statements = below.statements + statementCost(definition, node, values, onSize);
    const isOnce = (definition.extensions as Costs).costsOnce;
    return { cost: isOnce ? 0 : cost, once: isOnce ? cost : 0, relations, statements, depth };
  }

  const { cost, once, relations, statements, depth } = sizeOf(...rootSelection(schema, operation));
  const requested = cost + once + relations * RELATION_COST + statements;
  return { requested, statements, limit: MAX_COST, depth, depthLimit: MAX_DEPTH };
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
      `The operation costs ${requested}; the maximum is ${MAX_COST}. Request fewer nodes, smaller pages or fewer measures.`,
    );
  return null;
}

/** Returns a cost as a response reports it in `extensions.cost`. `actual`: what exactly the returned would have cost; once it is known. */
export const reportedCost = ({ requested, limit, depth, depthLimit }: OperationCost, actual?: number) => ({
  requested,
  limit,
  depth,
  depthLimit,
  ...(actual !== undefined && { actual }),
});
