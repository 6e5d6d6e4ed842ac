import {
  BREAK,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  getOperationAST,
  isAbstractType,
  isListType,
  Kind,
  type OperationDefinitionNode,
  separateOperations,
  TypeInfo,
  type ValueNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { badInput } from './errors.ts';
import { withCoercedVariables } from './variables/coerced-variables.ts';

/** A literal argument value in the document. */
export interface WrittenValue {
  /** The variable that replaces it in the executed document. */
  readonly variable: string;
  readonly argument: string;
  readonly node: ValueNode;
  readonly type: GraphQLInputType;
  /** Whether it contains no variables. */
  readonly isConstant: boolean;
}

/** An operation of a valid document, with everything that is the same for each execution. */
export interface PreparedOperation {
  readonly definition: OperationDefinitionNode;
  /** The operation alone, with the fragments that it uses. */
  readonly document: DocumentNode;
  /** Whether the operation selects anything but introspection and `__typename` at the root. */
  readonly readsData: boolean;
  /**
   * The document to execute. Variables replace its literals, so that each value is coerced once per operation and not once for every item
   * of which the field is read.
   */
  readonly executable: DocumentNode;
  readonly written: readonly WrittenValue[];
  /** The variables in `@skip` and `@include`. */
  readonly conditions: readonly string[];
  /** The text of the document. */
  readonly text: string;
  /** Whether it reads data, and its answer changes with the data version only. */
  readonly followsData: boolean;
  /** Whether its answer also changes with the clock of the data (src/db/query/state/data-state.ts). */
  readonly byClock: boolean;
  /** Whether one statement may read all its data: there is one root field, no list of items of several types, and no metrics. */
  readonly single: boolean;
}

/** Cached by document, since the same text yields the same document object (document.ts). */
const prepared = new WeakMap<DocumentNode, Map<string, PreparedOperation>>();

/**
 * Returns the operation of this name; without a name, the document's only operation. Throws a GraphQLError (BAD_USER_INPUT) if there is no
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
      'operationName must name one of the operations in the query; it may be omitted only if there is one operation.',
    );
  const name = definition.name?.value ?? '';
  const operations = prepared.get(document) ?? new Map<string, PreparedOperation>();
  prepared.set(document, operations);
  const operation =
    operations.get(name) ??
    preparedFrom(schema, definition, separateOperations(document)[name], document.loc?.source.body ?? '');
  operations.set(name, operation);
  return operation;
}

function preparedFrom(
  schema: GraphQLSchema,
  definition: OperationDefinitionNode,
  document: DocumentNode | undefined,
  text: string,
): PreparedOperation {
  if (!document) throw new Error('an operation of a document is not among those of the document');
  const readsData = definition.selectionSet.selections.some(
    (field) => field.kind !== Kind.FIELD || !field.name.value.startsWith('__'),
  );
  const written: WrittenValue[] = [];
  const conditions = new Set<string>();
  let readers = 0;
  let isVersioned = true;
  let byClock = false;
  const types = new TypeInfo(schema);
  const executable = visit(
    document,
    visitWithTypeInfo(types, {
      // Arguments of directives stay literals: they are few and not lists.
      Directive(node) {
        for (const { value } of node.arguments ?? [])
          if (value.kind === Kind.VARIABLE) conditions.add(value.name.value);
        return false;
      },
      VariableDefinition: () => false,
      Field({ name }) {
        if (name.value.startsWith('__')) return;
        const type = types.getType();
        const named = getNamedType(type);
        if (types.getParentType() === schema.getQueryType()) readers++;
        // One statement reads the items of one type.
        if (isListType(getNullableType(type)) && isAbstractType(named)) readers++;
        if (types.getFieldDef()?.extensions.notVersioned) isVersioned = false;
        if (types.getFieldDef()?.extensions.byClock) byClock = true;
      },
      Argument(node) {
        const type = types.getInputType();
        if (node.value.kind === Kind.VARIABLE || !type) return false;
        // Contains a space, so no variable of a document has this name.
        const variable = `value ${written.length}`;
        written.push({
          variable,
          argument: node.name.value,
          node: node.value,
          type,
          isConstant: !hasVariables(node.value),
        });
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
    conditions: [...conditions],
    text,
    followsData: readsData && isVersioned,
    byClock,
    single: readers <= 1 && !byClock,
  };
}

function hasVariables(node: ValueNode): boolean {
  let found = false;
  visit(node, {
    Variable() {
      found = true;
      return BREAK;
    },
  });
  return found;
}
