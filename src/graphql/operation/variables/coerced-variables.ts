/**
 * graphql-js coerces variables on every execution and does not accept coerced ones. The executed document therefore declares its variables
 * with a scalar type that accepts every value unchanged.
 */
import { randomUUID } from 'node:crypto';
import { type DocumentNode, GraphQLScalarType, type GraphQLSchema, Kind, type VariableDefinitionNode } from 'graphql';

/** A type name that no document can contain. */
const COERCED_TYPE_NAME = `Coerced ${randomUUID()}`;
const COERCED_TYPE = new GraphQLScalarType({ name: 'Coerced', parseValue: (value) => value });

/** Returns the schema extended by that type. */
export function withCoercedType(schema: GraphQLSchema): GraphQLSchema {
  return Object.create(schema, {
    getType: { value: (name: string) => (name === COERCED_TYPE_NAME ? COERCED_TYPE : schema.getType(name)) },
  });
}

/** Returns a document of one operation with its own and the additional variables declared with that type. */
export function withCoercedVariables(document: DocumentNode, additional: readonly string[]): DocumentNode {
  const definitions = document.definitions.map((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return definition;
    const own = (definition.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
    return { ...definition, variableDefinitions: [...own, ...additional].map(variableDefinition) };
  });
  return { ...document, definitions };
}

const variableDefinition = (name: string): VariableDefinitionNode => ({
  kind: Kind.VARIABLE_DEFINITION,
  variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } },
  type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: COERCED_TYPE_NAME } },
});
