import type { InputType } from '@pothos/core';
import type { Attribute } from '../../../domain/entities.ts';
import { unreachable } from '../../../domain/types/unreachable.ts';
import type { Types } from '../../builder.ts';
import { enumerationOf } from '../../types/enumerations.ts';

/** The filter operators with their descriptions. `comparisonOf` (read-where.ts) has a case for each. */
export const OPERATORS = {
  eq: 'Equals this value.',
  in: 'Equals one of these values.',
  not: 'Differs from this value, or is null.',
  lt: 'Less than this value.',
  lte: 'Less than or equal to this value.',
  gt: 'Greater than this value.',
  gte: 'Greater than or equal to this value.',
  contains: 'Contains this text, case-insensitive. A name: contains all its words, however they are written.',
  startsWith: 'Starts with this text, case-insensitive. A name: however it is written.',
  isNull: 'true: is null; false: is not null.',
} as const;

export type Operator = keyof typeof OPERATORS;

const RANGES = ['lt', 'lte', 'gt', 'gte'] as const satisfies readonly Operator[];
const TEXTS = ['contains', 'startsWith'] as const satisfies readonly Operator[];

/** A filter on an attribute: the name of its input type, the type of its values and its operators. */
export interface FilterForm {
  readonly name: string;
  readonly type: InputType<Types>;
  readonly operators: readonly Operator[];
}

const form = (name: string, type: InputType<Types>, more: readonly Operator[] = []): FilterForm => ({
  name: `${name}Filter`,
  type,
  operators: ['eq', 'in', 'not', ...more, 'isNull'],
});

/** Returns the filter form that matches the kind of an attribute. */
export function filterFormOf(attribute: Attribute): FilterForm {
  switch (attribute.kind) {
    case 'enumeration': {
      const type = enumerationOf(attribute.type);
      return form(type.name, type);
    }
    case 'text':
    case 'fullName':
      return form('String', 'String', TEXTS);
    case 'identifier':
    case 'zone':
      return form('Identifier', 'String');
    case 'uuid':
      return form('UUID', 'UUID');
    case 'boolean':
      return form('Boolean', 'Boolean');
    case 'integer':
      return form('Int', 'Int', RANGES);
    case 'number':
      return form('Float', 'Float', RANGES);
    case 'local':
      return form('LocalDateTime', 'LocalDateTime', RANGES);
    case 'utc':
    case 'instant':
      return form('DateTime', 'DateTime', RANGES);
    default:
      return unreachable(attribute);
  }
}
