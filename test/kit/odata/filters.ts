/** Any filter of OData, and what it means, told by looking at each row for itself (OData URL Conventions 4.01, 5.1.1). */
import fc from 'fast-check';
import { APPLICATION_STAGES, INTERVIEW_TYPES } from '../../../src/domain/fields.ts';

type Value = string | number | boolean | null;

/** A row as OData has it. */
export type ODataRow = Readonly<Record<string, Value>>;

type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';

type Filter =
  | { readonly is: 'and' | 'or'; readonly of: readonly Filter[] }
  | { readonly is: 'not'; readonly of: Filter }
  | { readonly is: Comparison; readonly property: string; readonly value: Value; readonly isMirrored: boolean }
  | { readonly is: 'in'; readonly property: string; readonly values: readonly Value[] }
  | { readonly is: 'contains' | 'startswith'; readonly property: string; readonly text: string | null }
  | { readonly is: 'truth'; readonly of: Filter; readonly equals: boolean; readonly value: boolean }
  | { readonly is: 'property'; readonly property: string };

/** Properties by the literals that they take. */
const KINDS = {
  interviewId: 'text',
  applicationStep: 'text',
  room: 'text',
  interviewerEmployeeId: 'text',
  interviewerLastName: 'text',
  applicationStage: 'enumeration',
  interviewType: 'enumeration',
  startTime: 'text',
  jobId: 'plain',
  duration: 'plain',
  interviewers: 'plain',
  interviewerRating: 'plain',
  timeToProvideFeedback: 'plain',
  startsAt: 'plain',
  reviewedAt: 'plain',
  interviewUpdateDate: 'plain',
  interviewCanceled: 'boolean',
} as const;

const PROPERTIES = Object.keys(KINDS) as (keyof typeof KINDS)[];
const TEXTS = PROPERTIES.filter((name) => KINDS[name] === 'text' || KINDS[name] === 'enumeration');
const WORDS: Partial<Record<string, readonly string[]>> = {
  applicationStage: APPLICATION_STAGES,
  interviewType: INTERVIEW_TYPES,
};

/** Makes up a filter, with values that the rows have. */
export function anyFilter(gen: fc.GeneratorValue, rows: readonly ODataRow[], levels = 3): Filter {
  const pick = <T>(from: readonly T[]): T => from[gen(fc.nat, { max: from.length - 1 })] as T;
  const chance = (of: number): boolean => gen(fc.nat, { max: of - 1 }) === 0;
  const valueFor = (property: string): Value => {
    if (chance(6)) return null;
    const words = WORDS[property];
    return words && chance(2) ? pick(words) : (pick(rows)[property] ?? null);
  };
  const inner = () => anyFilter(gen, rows, levels - 1);
  if (levels > 0 && !chance(3)) {
    const is = pick(['and', 'or', 'not', 'truth'] as const);
    if (is === 'not') return { is, of: inner() };
    if (is === 'truth') return { is, of: inner(), equals: chance(2), value: chance(2) };
    return { is, of: Array.from({ length: 2 + gen(fc.nat, { max: 1 }) }, inner) };
  }
  switch (pick(['compare', 'compare', 'in', 'function', 'property'] as const)) {
    case 'compare': {
      const property = pick(PROPERTIES);
      const isOrdered = KINDS[property] === 'text' || KINDS[property] === 'plain';
      const is = pick<Comparison>(isOrdered ? ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] : ['eq', 'ne']);
      return { is, property, value: valueFor(property), isMirrored: chance(4) };
    }
    case 'in': {
      const property = pick(PROPERTIES);
      return {
        is: 'in',
        property,
        values: Array.from({ length: 1 + gen(fc.nat, { max: 2 }) }, () => valueFor(property)),
      };
    }
    case 'function': {
      const property = pick(TEXTS);
      const whole = pick(rows)[property] ?? null;
      const start = gen(fc.nat, { max: 2 });
      const text = whole === null ? (chance(2) ? null : '%') : [...String(whole)].slice(start, start + 3).join('');
      return { is: pick(['contains', 'startswith'] as const), property, text };
    }
    default:
      return { is: 'property', property: 'interviewCanceled' };
  }
}

/** Writes a filter. */
export function written(filter: Filter): string {
  switch (filter.is) {
    case 'and':
    case 'or':
      return `(${filter.of.map(written).join(` ${filter.is} `)})`;
    case 'not':
      return `not (${written(filter.of)})`;
    case 'truth':
      return `(${written(filter.of)}) ${filter.equals ? 'eq' : 'ne'} ${filter.value}`;
    case 'in':
      return `${filter.property} in (${filter.values.map((value) => literal(filter.property, value)).join(',')})`;
    case 'contains':
    case 'startswith':
      return `${filter.is}(${filter.property},${filter.text === null ? 'null' : quoted(filter.text)})`;
    case 'property':
      return filter.property;
    default: {
      const value = literal(filter.property, filter.value);
      return filter.isMirrored
        ? `${value} ${MIRRORED[filter.is]} ${filter.property}`
        : `${filter.property} ${filter.is} ${value}`;
    }
  }
}

const MIRRORED: Readonly<Record<Comparison, Comparison>> = {
  eq: 'eq',
  ne: 'ne',
  gt: 'lt',
  ge: 'le',
  lt: 'gt',
  le: 'ge',
};

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

function literal(property: string, value: Value): string {
  const isText = TEXTS.some((name) => name === property);
  return isText && value !== null ? quoted(String(value)) : String(value);
}

/** Whether a filter is true of a row; null if it is neither true nor false. */
export function holds(filter: Filter, row: ODataRow): boolean | null {
  switch (filter.is) {
    case 'and': {
      const parts = filter.of.map((part) => holds(part, row));
      return parts.includes(false) ? false : parts.includes(null) ? null : true;
    }
    case 'or': {
      const parts = filter.of.map((part) => holds(part, row));
      return parts.includes(true) ? true : parts.includes(null) ? null : false;
    }
    case 'not': {
      const part = holds(filter.of, row);
      return part === null ? null : !part;
    }
    case 'truth':
      return (holds(filter.of, row) === filter.value) === filter.equals;
    case 'in':
      return filter.values.includes(row[filter.property] ?? null);
    case 'contains':
    case 'startswith': {
      const text = row[filter.property] ?? null;
      if (text === null || filter.text === null) return null;
      return filter.is === 'contains' ? String(text).includes(filter.text) : String(text).startsWith(filter.text);
    }
    case 'property':
      return (row[filter.property] ?? null) as boolean | null;
    default:
      return compares(filter.is, row[filter.property] ?? null, filter.value);
  }
}

function compares(is: Comparison, left: Value, right: Value): boolean {
  if (is === 'eq' || is === 'ne') return (left === right) === (is === 'eq');
  if (left === null || right === null) return left === right && (is === 'ge' || is === 'le');
  const order =
    typeof left === 'number'
      ? left - Number(right)
      : Buffer.compare(Buffer.from(String(left)), Buffer.from(String(right)));
  return { gt: order > 0, ge: order >= 0, lt: order < 0, le: order <= 0 }[is];
}
