import type { Condition } from '../../../domain/condition.ts';
import { Failure, shown } from '../../../domain/errors.ts';
import { type EntitySet, findProperty } from '../entity-sets.ts';
import { tokensOf } from '../filter/tokens.ts';
import { readValue } from '../filter/values.ts';

/**
 * Reads a key predicate, without its parentheses: a value of the key, with or without its name (OData URL Conventions 4.01, 4.3.1). Returns
 * the condition that a row has it. Errors: BAD_USER_INPUT for what is no value of the key.
 */
export function readKey(set: EntitySet, text: string): Condition {
  const property = findProperty(set, set.key);
  if (!property) throw new Error(`${set.name} has no property ${set.key}`);
  try {
    const [token, end] = tokensOf(text.replace(new RegExp(`^\\s*${set.key}\\s*=`), ''));
    if (token?.is === 'literal' && token.literal.type !== 'null' && end?.is === 'end')
      return { of: set.key, is: 'in', values: [readValue(property, token.literal).value] };
  } catch (error) {
    // Its message would speak of a filter.
    if (!(error instanceof Failure)) throw error;
  }
  const example = property.kind === 'uuid' ? '3f2504e0-4f89-41d3-9a0c-0305e82c3301' : "'a'";
  throw new Failure(
    'BAD_USER_INPUT',
    `${set.name}(${shown(text)}): a key is expected, such as ${set.name}(${example}).`,
    {
      target: set.name,
    },
  );
}
