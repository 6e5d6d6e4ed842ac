import { type FieldNode, type GraphQLField, isNonNullType, Kind } from 'graphql';
import { NeedsErrors, type Run } from './complete-values.ts';

/** Thrown where an operation has something that is not compiled. */
export class NotCompiled extends Error {}

/** Returns the arguments of a field by the coerced values of an operation: all of them are variables in what is executed (prepare.ts). */
export function compileArguments(
  field: GraphQLField<unknown, unknown>,
  [node]: readonly FieldNode[],
): (values: Run['values']) => Record<string, unknown> {
  const given = field.args.flatMap(({ name, defaultValue, type }) => {
    const argument = node?.arguments?.find((one) => one.name.value === name);
    if (argument && argument.value.kind !== Kind.VARIABLE) throw new NotCompiled();
    const variable = argument?.value.kind === Kind.VARIABLE ? argument.value.name.value : null;
    if (variable === null && defaultValue === undefined) {
      if (isNonNullType(type)) throw new NotCompiled();
      return [];
    }
    return [{ name, variable, defaultValue, isRequired: isNonNullType(type) }];
  });
  return (values) => {
    const found: Record<string, unknown> = {};
    for (const { name, variable, defaultValue, isRequired } of given) {
      const value = variable === null || !Object.hasOwn(values, variable) ? defaultValue : values[variable];
      if (value === undefined ? isRequired : value === null && isRequired) throw new NeedsErrors();
      if (value !== undefined) found[name] = value;
    }
    return found;
  };
}
