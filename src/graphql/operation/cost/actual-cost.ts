import {
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { isRecord } from '../../../domain/types/property.ts';
import { isLeftOut, responseName } from '../../connection/selected-fields.ts';
import { fragmentsOf, spreadOnce } from '../../fragments.ts';
import type { PreparedOperation } from '../prepare.ts';
import { rootSelection } from './cost.ts';
import { fieldCost, fieldDefinition, itemCost } from './field-cost.ts';

type Values = Readonly<Record<string, unknown>>;

/** The fields of a selection by their names in the result. */
type Fields = Map<
  string,
  { cost: number; item: number; readonly below: [SelectionSetNode, GraphQLNamedType][]; fields?: Fields }
>;

/**
 * Returns the cost of what an operation returned, by the same prices as the requested cost: each object costs what its fields cost, however
 * many there were to be. For results of graphql-js; compiled operations count while they execute (compiled-operation.ts). Of several
 * fields with one name, which different types have, the dearest counts.
 */
export function actualCost(schema: GraphQLSchema, operation: PreparedOperation, values: Values, data: unknown): number {
  const fragments = fragmentsOf(operation.executable);

  function collect(
    selectionSet: SelectionSetNode,
    type: GraphQLNamedType,
    into: Fields,
    spread = new Set<string>(),
  ): Fields {
    for (const node of selectionSet.selections) {
      if (isLeftOut(node, { variableValues: values })) continue;
      if (node.kind === Kind.FIELD) {
        collectField(node, type, into);
        continue;
      }
      const fragment = spreadOnce(node, fragments, spread);
      const condition = fragment?.typeCondition && schema.getType(fragment.typeCondition.name.value);
      if (fragment) collect(fragment.selectionSet, condition ?? type, into, spread);
    }
    return into;
  }

  /** Collects several selections on the same items. Of each type, a fragment is spread once. */
  function collectAll(selections: readonly [SelectionSetNode, GraphQLNamedType][]): Fields {
    const fields: Fields = new Map();
    const spread = new Map<GraphQLNamedType, Set<string>>();
    for (const [selectionSet, type] of selections) {
      const ofType = spread.get(type) ?? new Set();
      spread.set(type, ofType);
      collect(selectionSet, type, fields, ofType);
    }
    return fields;
  }

  function collectField(node: FieldNode, type: GraphQLNamedType, into: Fields): void {
    const definition = fieldDefinition(schema, type, node.name.value);
    if (!definition) return;
    const name = responseName(node);
    const field = into.get(name) ?? { cost: 0, item: 0, below: [] };
    into.set(name, field);
    field.cost = Math.max(field.cost, fieldCost(definition, node, values, fragments));
    const of = getNamedType(definition.type);
    field.item = Math.max(field.item, itemCost(of));
    if (node.selectionSet) field.below.push([node.selectionSet, of]);
  }

  function costOf(value: unknown, fields: Fields, item: number): number {
    if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + costOf(one, fields, item), 0);
    if (!isRecord(value)) return 0;
    let cost = item;
    for (const [name, inner] of Object.entries(value)) {
      const field = fields.get(name);
      if (!field) continue;
      cost += field.cost;
      if (field.below.length === 0 || inner === null) continue;
      field.fields ??= collectAll(field.below);
      cost += costOf(inner, field.fields, field.item);
    }
    return cost;
  }

  const [selectionSet, root] = rootSelection(schema, operation);
  return costOf(data, collect(selectionSet, root, new Map()), 0);
}
