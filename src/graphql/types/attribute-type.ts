import type { Attribute } from '../../domain/entities.ts';
import { unreachable } from '../../domain/types/unreachable.ts';
import { enumerationOf } from './enumerations.ts';

/** Returns the GraphQL type of an attribute's values. */
export function attributeType(attribute: Attribute) {
  switch (attribute.kind) {
    case 'enumeration':
      return enumerationOf(attribute.type);
    case 'identifier':
    case 'text':
    case 'fullName':
      return 'String';
    case 'zone':
      return 'TimeZone';
    case 'uuid':
      return 'UUID';
    case 'boolean':
      return 'Boolean';
    case 'integer':
      return 'Int';
    case 'number':
      return 'Float';
    case 'local':
      return 'LocalDateTime';
    case 'utc':
    case 'instant':
      return 'DateTime';
    default:
      return unreachable(attribute);
  }
}
