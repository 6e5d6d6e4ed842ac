import {
  coerceInputValue,
  GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputType,
  isNonNullType,
  print,
  typeFromAST,
  type VariableDefinitionNode,
  valueFromAST,
} from 'graphql';
import { shown } from '../../../domain/errors.ts';
import { MAX_ERRORS } from '../../limits.ts';
import { badInput } from '../errors.ts';
import { withHint } from '../hints.ts';
import type { PreparedOperation, WrittenValue } from '../prepare.ts';
import { hasMoreCharacters } from './characters.ts';

type VariableValues = Readonly<Record<string, unknown>>;

/** For longer input, names are not suggested: graphql-js compares a wrong name with all valid ones, which takes long for long names. */
const MAX_CHARACTERS_COMPARED = 10_000;

/**
 * Coerces all values of an operation once; its cost and its fields use the result. `given`: the raw variables, of bounded size
 * (src/domain/json-size.ts). Returns the values of variables, their defaults and the document's literals, by variable name in the executed
 * document; or the errors (BAD_USER_INPUT), at most MAX_ERRORS, the last of which then says that there are more.
 */
export function coerceValues(
  schema: GraphQLSchema,
  { definition, written }: PreparedOperation,
  given: VariableValues,
): { readonly values: VariableValues } | { readonly errors: readonly GraphQLError[] } {
  const values: Record<string, unknown> = {};
  const errors: GraphQLError[] = [];
  const report = (error: GraphQLError) => {
    if (errors.length === MAX_ERRORS - 1)
      throw badInput('There are more errors in the variables, which are not listed.');
    errors.push(error);
  };
  const hideSuggestions = hasMoreCharacters(given, MAX_CHARACTERS_COMPARED);
  try {
    for (const node of definition.variableDefinitions ?? []) {
      const name = node.variable.name.value;
      const type = inputTypeOf(schema, node);
      if (Object.hasOwn(given, name)) {
        const onError = (path: readonly (string | number)[], value: unknown, { message }: Error) =>
          report(
            badInput(
              `Variable "$${name}" ${describeValue([name, ...path], value)}; ${withHint(schema, message, jsonOf(value))}`,
              node,
            ),
          );
        values[name] = coerceInputValue(given[name], type, onError, hideSuggestions);
      } else if (node.defaultValue) values[name] = valueFromAST(node.defaultValue, type);
      else if (isNonNullType(type))
        report(badInput(`Variable "$${name}" of required type "${type}" was not provided.`, node));
    }
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    errors.push(error);
  }
  for (const literal of errors.length > 0 ? [] : written) {
    values[literal.variable] = coercedValue(literal, values);
    if (values[literal.variable] === undefined)
      errors.push(badInput(`Argument "${literal.argument}" has invalid value ${print(literal.node)}.`, literal.node));
  }
  return errors.length > 0 ? { errors } : { values };
}

/** The values of literals without variables, which are the same for each execution. */
const constants = new WeakMap<WrittenValue, unknown>();

/** Returns the coerced value of a literal; undefined if it is invalid. */
function coercedValue(literal: WrittenValue, values: VariableValues): unknown {
  if (constants.has(literal)) return constants.get(literal);
  const value = valueFromAST(literal.node, literal.type, values);
  if (literal.isConstant) constants.set(literal, value);
  return value;
}

function inputTypeOf(schema: GraphQLSchema, { type: node }: VariableDefinitionNode): GraphQLInputType {
  // No overload of typeFromAST accepts a TypeNode.
  const type = typeFromAST(schema, node as Parameters<typeof typeFromAST>[1]);
  if (isInputType(type)) return type;
  throw new Error('a valid document has a variable of another type than those of inputs');
}

/** Returns a short value as JSON, and the outline of a long one. */
function jsonOf(value: unknown): string {
  if (Array.isArray(value)) return value.length === 1 ? `[${jsonOf(value[0])}]` : '[…]';
  if (typeof value === 'object' && value !== null) return '…';
  return typeof value === 'string' ? shown(value) : String(value);
}

/** Names the invalid value, if it is short, and its path. */
function describeValue([name, ...path]: readonly (string | number)[], value: unknown): string {
  const location =
    path.length === 0
      ? ''
      : ` at "${name}${path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('')}"`;
  if (typeof value === 'object' && value !== null) return `got an invalid value${location}`;
  return `got invalid value ${typeof value === 'string' ? shown(value) : String(value)}${location}`;
}
