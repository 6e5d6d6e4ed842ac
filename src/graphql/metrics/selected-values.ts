import { type FieldNode, type GraphQLObjectType, getArgumentValues, getNamedType, isObjectType } from 'graphql';
import type { GroupValue } from '../../db/metrics/read-metrics.ts';
import { Failure } from '../../domain/errors.ts';
import { MAX_WITHIN_HOURS, MEASURES, type MeasureName } from '../../domain/metrics/measures.ts';
import type { MetricValue } from '../../domain/metrics/metric-names.ts';
import { eachField, type SelectionSource } from '../connection/selected-fields.ts';
import { MAX_PERCENTILES } from '../limits.ts';

/** The name of the type whose fields are the measures. */
export const VALUES_TYPE = 'MetricValues';

/** The measures of a group. Returns a value that was selected. */
export type ReadValue = (value: MetricValue) => GroupValue;

/** Values of measures, each once, in the order in which a statement reads them. */
class SelectedValues {
  readonly list: MetricValue[] = [];
  readonly #indexes = new Map<string, number>();

  add(value: MetricValue): void {
    const key = keyOf(value);
    if (!this.#indexes.has(key)) this.#indexes.set(key, this.list.push(value) - 1);
  }

  /** Returns the measures of a group with these values. */
  of(values: readonly GroupValue[]): ReadValue {
    return (value) => {
      const index = this.#indexes.get(keyOf(value));
      if (index === undefined) throw new Error(`${keyOf(value)} was not selected`);
      return values[index] ?? null;
    };
  }
}

const keyOf = ({ measure, part, argument }: MetricValue): string =>
  argument === undefined ? `${measure}.${part}` : `${measure}.${part}(${argument})`;

/** A measure or a part of it in a selection: the path of its fields, and the argument of one of them. */
interface At {
  readonly measure: MeasureName;
  readonly path: readonly string[];
  readonly argument: number | undefined;
}

const isMeasure = (name: string): name is MeasureName => Object.hasOwn(MEASURES, name);

/**
 * Returns the values that are selected below some fields of the type MetricValues. Errors: BAD_USER_INPUT, naming the field and the argument,
 * for an argument out of its range, and for too many percentiles.
 */
export function selectedValues(fields: readonly FieldNode[], source: SelectionSource): SelectedValues {
  const selected = new SelectedValues();
  const percentiles = new Set<string>();

  function addBelow(type: GraphQLObjectType, nodes: readonly FieldNode[], above: At | null): void {
    const spread = new Set<string>();
    const definitions = type.getFields();
    const add = (node: FieldNode): void => {
      const name = node.name.value;
      const definition = definitions[name];
      // `__typename` is no measure.
      if (!definition) return;
      const measure = above?.measure ?? name;
      if (!isMeasure(measure)) throw new Error(`there is no measure ${measure}`);
      const path = above === null ? [] : [...above.path, name];
      const { hours, p } = getArgumentValues(definition, node, source.variableValues);
      const shownPath = [measure, ...path].join('.');
      if (typeof hours === 'number') checkHours(hours, shownPath);
      if (typeof p === 'number') checkShare(p, shownPath);
      const own = typeof hours === 'number' ? hours : typeof p === 'number' ? p : undefined;
      const argument = own ?? above?.argument;
      const below = getNamedType(definition.type);
      if (isObjectType(below)) addBelow(below, [node], { measure, path, argument });
      else {
        const value = { measure, part: path.join('.') || 'value', ...(argument !== undefined && { argument }) };
        if (typeof p === 'number') percentiles.add(keyOf(value));
        selected.add(value);
      }
    };
    for (const node of nodes) eachField(node.selectionSet?.selections ?? [], null, source, add, spread);
  }

  const type = source.schema.getType(VALUES_TYPE);
  if (!isObjectType(type)) throw new Error(`the schema has no type ${VALUES_TYPE}`);
  addBelow(type, fields, null);
  if (percentiles.size > MAX_PERCENTILES)
    throw new Failure(
      'BAD_USER_INPUT',
      `percentiles: ${percentiles.size} different ones are selected; at most ${MAX_PERCENTILES} are allowed.`,
    );
  return selected;
}

function checkHours(hours: number, path: string): void {
  if (hours > 0 && hours <= MAX_WITHIN_HOURS) return;
  throw new Failure(
    'BAD_USER_INPUT',
    `${path}.hours: ${hours} is not accepted; it is a number above 0, up to ${MAX_WITHIN_HOURS}.`,
  );
}

function checkShare(p: number, path: string): void {
  if (p >= 0 && p <= 1) return;
  throw new Failure('BAD_USER_INPUT', `${path}.p: ${p} is not accepted; it is a number from 0 to 1.`);
}
