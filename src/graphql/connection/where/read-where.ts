import { both, type Condition } from '../../../domain/condition.ts';
import { type Attribute, type EntityName, entityOf } from '../../../domain/entities.ts';
import { Failure } from '../../../domain/errors.ts';
import { foldedWords, MAX_SPELLED_LENGTH } from '../../../domain/names/spelling.ts';
import { unreachable } from '../../../domain/types/unreachable.ts';
import { type Viewer, visible } from '../../../domain/viewer.ts';
import { MAX_CONDITIONS, MAX_NAME_WORDS, MAX_NESTED_LISTS, MAX_VALUES } from '../../limits.ts';
import { OPERATORS, type Operator } from './operators.ts';
import { requireStorable } from './storable.ts';
import type { Where } from './where.ts';

/**
 * Converts a client's filter into a condition. Related items match only if the viewer sees them. Errors: BAD_USER_INPUT for too many
 * conditions, values or nested lists, and for a text that Postgres cannot store.
 */
export function readWhere(entity: EntityName, where: Where | null | undefined, viewer: Viewer): Condition {
  return new WhereReader(viewer).all(entity, where ?? {}, 0);
}

class WhereReader {
  readonly #viewer: Viewer;
  #conditions = 0;

  constructor(viewer: Viewer) {
    this.#viewer = viewer;
  }

  /** `lists`: the number of enclosing list filters. */
  all(entity: EntityName, where: Where, lists: number): Condition {
    return { all: given(where).map(([name, value]) => this.#part(entity, name, value, lists)) };
  }

  #part(entity: EntityName, name: string, value: unknown, lists: number): Condition {
    this.#count();
    if (name === 'and') return { all: this.#each(entity, value, lists) };
    if (name === 'or') return { any: this.#each(entity, value, lists) };
    if (name === 'not') return { not: this.all(entity, filterIn(value), lists) };
    const { attributes, relations, row } = entityOf(entity);
    if (name === 'row' && row) return { all: given(filterIn(value)).map(([key, one]) => this.#field(row, key, one)) };
    const attribute = attributes[name];
    if (attribute) return this.#comparisons(name, attribute, filterIn(value));
    const relation = relations[name];
    if (!relation) throw new Error(`${entity} has no ${name}`);
    if (!relation.many) return this.#some(name, relation.to, filterIn(value), lists);
    if (lists === MAX_NESTED_LISTS)
      throw new Failure(
        'BAD_USER_INPUT',
        `where: ${name} is already inside ${lists} lists; at most ${MAX_NESTED_LISTS} may be nested.`,
      );
    return { all: this.#list(name, relation.to, filterIn(value), lists + 1) };
  }

  /** Returns the members of `and` or `or`. An empty member counts as a condition too, because a client could send any number of them. */
  #each(entity: EntityName, value: unknown, lists: number): Condition[] {
    return itemsIn(value).map((item) => {
      const where = filterIn(item);
      if (given(where).length === 0) this.#count();
      return this.all(entity, where, lists);
    });
  }

  #field(row: Readonly<Record<string, Attribute>>, key: string, value: unknown): Condition {
    this.#count();
    const attribute = row[key];
    if (!attribute) throw new Error(`a row has no ${key}`);
    return this.#comparisons(key, attribute, filterIn(value));
  }

  #some(some: string, to: EntityName, where: Where, lists: number): { some: string; where: Condition } {
    return { some, where: both(visible(to, this.#viewer), this.all(to, where, lists)) };
  }

  #list(name: string, to: EntityName, filter: Where, lists: number): Condition[] {
    return given(filter).map(([quantifier, value]) => {
      switch (quantifier) {
        case 'some':
          return this.#some(name, to, filterIn(value), lists);
        case 'every': {
          const differs = { not: this.all(to, filterIn(value), lists) };
          return { not: { some: name, where: both(visible(to, this.#viewer), differs) } };
        }
        case 'none':
          return { not: this.#some(name, to, filterIn(value), lists) };
        case 'atLeast':
          return this.#atLeast(name, to, filterIn(value), lists);
        default:
          throw new Error(`a filter of a list has no ${quantifier}`);
      }
    });
  }

  #atLeast(name: string, to: EntityName, { count, where }: Where, lists: number): Condition {
    if (typeof count !== 'number') throw new Error('a count is no number');
    if (count < 1)
      throw new Failure('BAD_USER_INPUT', `where: ${name}.atLeast.count is ${count}; it must be 1 or more.`);
    const some = this.#some(name, to, filterIn(where ?? {}), lists);
    return count === 1 ? some : { ...some, atLeast: count };
  }

  #comparisons(name: string, attribute: Attribute, filter: Where): Condition {
    return {
      all: given(filter).map(([operator, value]) => {
        this.#count();
        if (!isOperator(operator)) throw new Error(`a filter has no ${operator}`);
        return comparisonOf(name, attribute, operator, value);
      }),
    };
  }

  #count(): void {
    if (++this.#conditions > MAX_CONDITIONS)
      throw new Failure('BAD_USER_INPUT', `where: a filter has at most ${MAX_CONDITIONS} conditions.`);
  }
}

function comparisonOf(of: string, attribute: Attribute, operator: Operator, value: unknown): Condition {
  const { kind } = attribute;
  const stored = (one: unknown): string => {
    const text = requireStorable(`where: ${of}`, String(one));
    // UTC wall clocks are stored without the Z.
    return kind === 'utc' ? text.replace(/Z$/, '') : text;
  };
  switch (operator) {
    case 'eq':
      return { of, is: 'in', values: [stored(value)] };
    case 'in': {
      const values = itemsIn(value);
      if (values.length > MAX_VALUES)
        throw new Failure(
          'BAD_USER_INPUT',
          `where: ${of}.in has ${values.length} values; at most ${MAX_VALUES} are allowed.`,
        );
      return { of, is: 'in', values: values.map(stored) };
    }
    case 'not':
      return { not: { of, is: 'in', values: [stored(value)] } };
    case 'isNull':
      return value ? { of, is: 'null' } : { not: { of, is: 'null' } };
    case 'contains':
    case 'startsWith':
      if (attribute.kind === 'fullName' || attribute.isName) requireFewWords(of, operator, String(value));
      return { of, is: operator, value: stored(value) };
    case 'lt':
      return { of, is: '<', value: stored(value) };
    case 'lte':
      return { of, is: '<=', value: stored(value) };
    case 'gt':
      return { of, is: '>', value: stored(value) };
    case 'gte':
      return { of, is: '>=', value: stored(value) };
    default:
      return unreachable(operator);
  }
}

/** Errors: BAD_USER_INPUT. */
function requireFewWords(of: string, operator: Operator, text: string): void {
  // A longer text is compared as it is.
  const { length } = text.length > MAX_SPELLED_LENGTH ? [] : foldedWords(text);
  if (length > MAX_NAME_WORDS)
    throw new Failure(
      'BAD_USER_INPUT',
      `where: ${of}.${operator} has ${length} words; at most ${MAX_NAME_WORDS} are allowed.`,
    );
}

const isOperator = (name: string): name is Operator => Object.hasOwn(OPERATORS, name);

/** Returns the members of a filter without nulls: null is the same as absent. */
const given = (where: Where): [string, unknown][] =>
  Object.entries(where).filter(([, value]) => value !== null && value !== undefined);

/** Narrows the type; GraphQL has already validated that the value is an object. */
function filterIn(value: unknown): Where {
  if (isObject(value)) return value;
  throw new Error('a filter is no object');
}

function itemsIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error('a list of a filter is no list');
}

const isObject = (value: unknown): value is Where => typeof value === 'object' && value !== null;
