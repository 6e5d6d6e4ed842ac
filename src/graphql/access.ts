import {
  type DocumentNode,
  GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  TypeInfo,
  typeFromAST,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { hasScope, scopesOf, type Viewer } from '../domain/viewer.ts';
import type { Needs } from './builder.ts';
import { operationOf } from './operation.ts';

/** A body of the greatest size has room for tens of thousands. */
const MOST_TOLD = 20;

/** No filter that is allowed comes near; what reads values of any depth would run out of stack in a body of the greatest size. */
const MOST_LEVELS = 1_000;

/**
 * The rule of access (docs/contract.md): what is marked in the schema needs a scope, wherever in an operation it stands: as a field, an
 * argument, a key of a filter or a value of an order, written out or in a variable. An operation that uses what its token may not is
 * refused before it begins, so that neither its answer nor the time it takes says anything. Gives the refusals, one for each such place,
 * as far as they are told.
 */
export function refusals(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Readonly<Record<string, unknown>>,
  viewer: Viewer,
): GraphQLError[] {
  const operation = operationOf(document, operationName);
  if (!operation) return [];
  const found: GraphQLError[] = [];
  const need = (extensions: Readonly<object> | null | undefined, name: string): void => {
    const { scope } = (extensions ?? {}) as Needs;
    if (!scope || hasScope(viewer, scope) || found.length >= MOST_TOLD) return;
    found.push(
      new GraphQLError(`${name} needs a token with the scope ${scope}; the one given has ${scopesOf(viewer)}.`, {
        extensions: { code: 'FORBIDDEN', scope },
      }),
    );
  };

  /** Looks through a variable's value, which stands so many levels deep. */
  function look(value: unknown, type: GraphQLInputType, level: number): void {
    if (value === null || value === undefined) return;
    if (level > MOST_LEVELS) {
      const message = `The variables are nested in more than ${MOST_LEVELS} levels.`;
      found.push(new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } }));
      return;
    }
    const nullable = getNullableType(type);
    if (isListType(nullable)) {
      for (const one of Array.isArray(value) ? value : [value]) look(one, nullable.ofType, level + 1);
    } else if (isInputObjectType(nullable) && typeof value === 'object') {
      for (const [name, inner] of Object.entries(value)) {
        const field = nullable.getFields()[name];
        if (!field) continue;
        need(field.extensions, `${nullable.name}.${name}`);
        look(inner, field.type, level + 1);
      }
    } else if (isEnumType(nullable)) need(nullable.getValue(String(value))?.extensions, `${nullable.name}.${value}`);
  }

  const types = new TypeInfo(schema);
  visit(
    operation,
    visitWithTypeInfo(types, {
      VariableDefinition(node) {
        const type = typeFromAST(schema, node.type as never) as GraphQLInputType | undefined;
        if (type) look(variables[node.variable.name.value], type, 1);
      },
      Field() {
        need(types.getFieldDef()?.extensions, `${types.getParentType()?.name}.${types.getFieldDef()?.name}`);
      },
      Argument(node) {
        need(types.getArgument()?.extensions, `The argument ${node.name.value} of ${types.getFieldDef()?.name}`);
      },
      ObjectField(node) {
        const parent = getNamedType(types.getParentInputType());
        if (isInputObjectType(parent))
          need(parent.getFields()[node.name.value]?.extensions, `${parent.name}.${node.name.value}`);
      },
      EnumValue(node) {
        const type = getNamedType(types.getInputType());
        if (isEnumType(type)) need(type.getValue(node.value)?.extensions, `${type.name}.${node.value}`);
      },
    }),
  );
  return found;
}
