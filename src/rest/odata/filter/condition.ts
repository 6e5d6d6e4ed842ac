import { ALWAYS, type Condition, NEVER } from '../../../domain/condition.ts';
import { shown } from '../../../domain/errors.ts';
import { requireScope, type Viewer } from '../../../domain/viewer.ts';
import { type EntitySet, findProperty, insteadOf, type Property } from '../entity-sets.ts';
import { COMPARISONS, type ComparisonName, type Expression, parseFilter } from './parse.ts';
import { badFilter, type Literal } from './tokens.ts';
import { type Bound, readValue, storable } from './values.ts';

/**
 * The meaning of a filter, by OData’s rules for null (URL Conventions 4.01, 5.1.1): a comparison is true or false, also with null; a function
 * of null is null; `and`, `or` and `not` are three-valued. A row meets the filter where it is true.
 */
interface Meaning {
  /** Where it is true, and where it is false. Where it is null, neither holds. */
  readonly isTrue: Condition;
  readonly isFalse: Condition;
}

/** Returns the meaning of what is never null. */
const twoValued = (isTrue: Condition): Meaning => ({ isTrue, isFalse: { not: isTrue } });

const NULL: Meaning = { isTrue: NEVER, isFalse: NEVER };

/**
 * Returns the condition of a filter on the rows of an entity set. Errors: BAD_USER_INPUT, with the place or the name, and what would be right;
 * FORBIDDEN for a property that requires a scope.
 */
export function readFilter(set: EntitySet, text: string, viewer: Viewer): Condition {
  return new FilterReader(set, viewer).meaning(parseFilter(text)).isTrue;
}

const MIRRORED: Readonly<Record<ComparisonName, ComparisonName>> = {
  eq: 'eq',
  ne: 'ne',
  gt: 'lt',
  ge: 'le',
  lt: 'gt',
  le: 'ge',
};

const FUNCTIONS = { contains: 'containsExactly', startswith: 'startsWithExactly' } as const;

const isFunction = (name: string): name is keyof typeof FUNCTIONS => Object.hasOwn(FUNCTIONS, name);

/** Kinds of properties whose values are texts. */
const TEXT_KINDS: readonly Property['kind'][] = ['identifier', 'text', 'zone', 'enumeration', 'local'];

/** Kinds of properties whose values have no order. */
const UNORDERED_KINDS: readonly Property['kind'][] = ['boolean', 'enumeration'];

class FilterReader {
  readonly #set: EntitySet;
  readonly #viewer: Viewer;

  constructor(set: EntitySet, viewer: Viewer) {
    this.#set = set;
    this.#viewer = viewer;
  }

  /** Returns the meaning of an expression that is true or false. */
  meaning(expression: Expression): Meaning {
    switch (expression.is) {
      case 'and': {
        const parts = expression.of.map((part) => this.meaning(part));
        return {
          isTrue: { all: parts.map((part) => part.isTrue) },
          isFalse: { any: parts.map((part) => part.isFalse) },
        };
      }
      case 'or': {
        const parts = expression.of.map((part) => this.meaning(part));
        return {
          isTrue: { any: parts.map((part) => part.isTrue) },
          isFalse: { all: parts.map((part) => part.isFalse) },
        };
      }
      case 'not': {
        const { isTrue, isFalse } = this.meaning(expression.of);
        return { isTrue: isFalse, isFalse: isTrue };
      }
      case 'call':
        return this.#call(expression);
      case 'in':
        return this.#in(expression.left, expression.values);
      case 'property': {
        const { key } = this.#property(expression.name, ['boolean'], 'true or false');
        return { isTrue: oneOf(key, 'true'), isFalse: oneOf(key, 'false') };
      }
      case 'literal':
        return truthOf(expression.literal);
      default:
        return this.#compared(expression.is, expression.left, expression.right);
    }
  }

  #compared(is: ComparisonName, left: Expression, right: Expression): Meaning {
    if (left.is === 'literal' && right.is !== 'literal') return this.#compared(MIRRORED[is], right, left);
    if (right.is !== 'literal')
      throw badFilter(`${is} compares a property with a value; at character ${right.at + 1} there is none.`);
    if (left.is === 'property') return twoValued(this.#comparison(is, this.#property(left.name), right.literal));
    if (left.is === 'literal')
      throw badFilter(`${is} at character ${left.at + 1} compares two values; one must be a property.`);
    const { isTrue, isFalse } = this.meaning(left);
    if ((is !== 'eq' && is !== 'ne') || right.literal.type !== 'boolean')
      throw badFilter(
        `what begins at character ${left.at + 1} is true or false; only eq and ne with true or false compare it.`,
      );
    const equal = right.literal.text === 'true' ? isTrue : isFalse;
    return twoValued(is === 'eq' ? equal : { not: equal });
  }

  #comparison(is: ComparisonName, property: Property, literal: Literal): Condition {
    const { key, kind } = property;
    const isEquality = is === 'eq' || is === 'ne';
    if (!isEquality && UNORDERED_KINDS.includes(kind))
      throw badFilter(`${key} has no order; use eq, ne or in instead of ${is}.`);
    const isNull: Condition = { of: key, is: 'null' };
    if (literal.type === 'null') {
      if (is === 'ne') return { not: isNull };
      return is === 'gt' || is === 'lt' ? NEVER : isNull;
    }
    const bound = readValue(property, literal);
    if (isEquality) {
      const equal = bound.side === 'at' ? oneOf(key, bound.value) : NEVER;
      return is === 'eq' ? equal : { not: equal };
    }
    return { of: key, is: operatorAt(is, bound), value: bound.value };
  }

  #in(left: Expression, literals: readonly Literal[]): Meaning {
    if (left.is !== 'property') throw badFilter(`a property is expected before in, at character ${left.at + 1}.`);
    const property = this.#property(left.name);
    const values = literals.flatMap((literal) => (literal.type === 'null' ? [] : [readValue(property, literal)]));
    const stored = values.flatMap(({ value, side }) => (side === 'at' ? [value] : []));
    const isNull: Condition[] = values.length < literals.length ? [{ of: property.key, is: 'null' }] : [];
    return twoValued({ any: [oneOf(property.key, ...stored), ...isNull] });
  }

  #call({ name, of, at }: Extract<Expression, { is: 'call' }>): Meaning {
    if (!isFunction(name))
      throw badFilter(
        `${shown(name)} at character ${at + 1} is not a function that is served; ${insteadOf(name, Object.keys(FUNCTIONS))}`,
      );
    const [subject, part] = of;
    if (of.length !== 2 || subject?.is !== 'property' || part?.is !== 'literal')
      throw badFilter(`${name} takes a property and a text, such as ${name}(jobId,'a').`);
    const { key } = this.#property(subject.name, TEXT_KINDS, `a text, so that ${name} makes no sense`);
    const { type, text } = part.literal;
    if (type === 'null') return NULL;
    if (type !== 'string') throw badFilter(`${name} takes a text in single quotes, not ${shown(text)}.`);
    const isTrue: Condition = { of: key, is: FUNCTIONS[name], value: storable(key, text) };
    return { isTrue, isFalse: { all: [{ not: { of: key, is: 'null' } }, { not: isTrue }] } };
  }

  /** Returns a property, of one of these kinds: `what` they are. */
  #property(name: string, kinds?: readonly Property['kind'][], what = ''): Property {
    const property = findProperty(this.#set, name);
    if (!property)
      throw badFilter(
        `${shown(name)} is not a property of ${this.#set.name}; ${insteadOf(
          name,
          this.#set.properties.map(({ key }) => key),
        )}`,
      );
    if (kinds && !kinds.includes(property.kind))
      throw badFilter(`${name} is not ${what}; compare it with ${COMPARISONS.join(', ')} or in.`);
    // Whoever sees null in it must not find out more by asking for the rows that have a value.
    if (property.personal) requireScope(this.#viewer, 'personal');
    return property;
  }
}

const oneOf = (of: string, ...values: readonly string[]): Condition => ({ of, is: 'in', values });

function truthOf({ type, text }: Literal): Meaning {
  if (type === 'null') return NULL;
  if (type !== 'boolean') throw badFilter(`${shown(text)} is neither true nor false; compare it with a property.`);
  return twoValued(text === 'true' ? ALWAYS : NEVER);
}

type Operator = '<' | '<=' | '>' | '>=';

const OPERATORS: Readonly<Record<'gt' | 'ge' | 'lt' | 'le', Readonly<Record<Bound['side'], Operator>>>> = {
  gt: { at: '>', before: '>=', after: '>' },
  ge: { at: '>=', before: '>=', after: '>' },
  lt: { at: '<', before: '<', after: '<=' },
  le: { at: '<=', before: '<', after: '<=' },
};

const operatorAt = (is: keyof typeof OPERATORS, { side }: Bound): Operator => OPERATORS[is][side];
