import { type GraphQLError, type GraphQLSchema, getVariableValues, print, valueFromAST } from 'graphql';
import { MAX_ERRORS } from '../limits.ts';
import { badInput } from './errors.ts';
import type { PreparedOperation } from './prepare.ts';

/** The values of an operation, in the types of its variables. */
export interface CoercedValues {
  /** Those of the variables that were given. */
  readonly given: Readonly<Record<string, unknown>>;
  /** All that there are, also by default and written out in the document, by the names that they have in what is executed. */
  readonly all: Readonly<Record<string, unknown>>;
}

/**
 * Brings all values of an operation into their types, once: the rule of access, the cost and the fields take them from here. What is given has to
 * be of a bounded size (src/domain/json-size.ts). Gives the errors where a value doesn't fit; where there are more than are told, the last says so.
 */
export function coerceValues(
  schema: GraphQLSchema,
  { definition, written }: PreparedOperation,
  inputs: Readonly<Record<string, unknown>>,
): CoercedValues | { readonly errors: readonly GraphQLError[] } {
  const { coerced: variables, errors } = getVariableValues(schema, definition.variableDefinitions ?? [], inputs, {
    maxErrors: MAX_ERRORS - 1,
  });
  if (errors) return { errors };
  const all: Record<string, unknown> = { ...variables };
  for (const { variable, argument, node, type } of written) {
    const value = valueFromAST(node, type, variables);
    if (value === undefined)
      return { errors: [badInput(`Argument "${argument}" has invalid value ${print(node)}.`, node)] };
    all[variable] = value;
  }
  const given = Object.fromEntries(Object.entries(variables ?? {}).filter(([name]) => Object.hasOwn(inputs, name)));
  return { given, all };
}
