import {
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  separateOperations,
  TypeInfo,
  type ValueNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { withCoercedVariables } from './coerced-variables.ts';
import { badInput } from './errors.ts';

/** A value of an argument that is written out in the document. */
export interface WrittenValue {
  /** The variable that stands in its place in what is executed. */
  readonly variable: string;
  readonly argument: string;
  readonly node: ValueNode;
  readonly type: GraphQLInputType;
}

/** An operation of a valid document, and what is the same each time that it is executed. */
export interface PreparedOperation {
  readonly definition: OperationDefinitionNode;
  /** It by itself, with the fragments that it uses. */
  readonly document: DocumentNode;
  /** Whether it asks for more than the schema itself and the name of its root. */
  readonly readsData: boolean;
  /**
   * What is executed: all its values are variables, so that those written out are brought into their types once an operation, and not once for
   * each of the things that a field is asked for of.
   */
  readonly executable: DocumentNode;
  readonly written: readonly WrittenValue[];
}

/** A document that is sent again is the same object (document.ts). */
const prepared = new WeakMap<DocumentNode, Map<string, PreparedOperation>>();

/**
 * The operation of a document that has this name; without one, the only one it has. Throws a GraphQLError with BAD_USER_INPUT where there is no
 * such operation.
 */
export function prepare(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
): PreparedOperation {
  const definition = getOperationAST(document, operationName);
  if (!definition)
    throw badInput(
      'operationName must name one of the operations in the query; it may be left out only where there is one operation.',
    );
  const name = definition.name?.value ?? '';
  const operations = prepared.get(document) ?? new Map<string, PreparedOperation>();
  prepared.set(document, operations);
  const operation = operations.get(name) ?? preparedFrom(schema, definition, separateOperations(document)[name]);
  operations.set(name, operation);
  return operation;
}

function preparedFrom(
  schema: GraphQLSchema,
  definition: OperationDefinitionNode,
  document: DocumentNode | undefined,
): PreparedOperation {
  if (!document) throw new Error('an operation of a document is not among those of the document');
  const readsData = definition.selectionSet.selections.some(
    (field) => field.kind !== Kind.FIELD || !field.name.value.startsWith('__'),
  );
  const written: WrittenValue[] = [];
  const types = new TypeInfo(schema);
  const executable = visit(
    document,
    visitWithTypeInfo(types, {
      // The arguments of directives stay: they are few, and no lists.
      Directive: () => false,
      VariableDefinition: () => false,
      Argument(node) {
        const type = types.getInputType();
        if (node.value.kind === Kind.VARIABLE || !type) return false;
        // No name that a document can have.
        const variable = `value ${written.length}`;
        written.push({ variable, argument: node.name.value, node: node.value, type });
        return { ...node, value: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: variable } } };
      },
    }),
  );
  return {
    definition,
    document,
    readsData,
    executable: withCoercedVariables(
      executable,
      written.map(({ variable }) => variable),
    ),
    written,
  };
}
