/**
 * graphql-js brings the variables of an operation into their types whenever it executes one, and can’t be handed any that were already. So
 * what it executes declares them with a type of its own, which takes values as they are.
 */
import { randomUUID } from 'node:crypto';
import { type DocumentNode, GraphQLScalarType, type GraphQLSchema, Kind, type VariableDefinitionNode } from 'graphql';

/** A name that nobody can ask the schema for. */
const COERCED_TYPE_NAME = `Coerced ${randomUUID()}`;
const COERCED_TYPE = new GraphQLScalarType({ name: 'Coerced', parseValue: (value) => value });

/** The schema, which knows that type beside its own. */
export function withCoercedType(schema: GraphQLSchema): GraphQLSchema {
  return Object.create(schema, {
    getType: { value: (name: string) => (name === COERCED_TYPE_NAME ? COERCED_TYPE : schema.getType(name)) },
  });
}

/** A document of one operation that takes its variables, and these beside them, as values of that type. */
export function withCoercedVariables(document: DocumentNode, more: readonly string[]): DocumentNode {
  const definitions = document.definitions.map((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return definition;
    const own = (definition.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
    return { ...definition, variableDefinitions: [...own, ...more].map(variableDefinition) };
  });
  return { ...document, definitions };
}

const variableDefinition = (name: string): VariableDefinitionNode => ({
  kind: Kind.VARIABLE_DEFINITION,
  variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } },
  type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: COERCED_TYPE_NAME } },
});
