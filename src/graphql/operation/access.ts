import {
  GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  TypeInfo,
  typeFromAST,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { hasScope, scopeList, type Viewer } from '../../domain/viewer.ts';
import type { Needs } from '../builder.ts';
import { MAX_ERRORS } from '../limits.ts';
import type { PreparedOperation } from './prepare.ts';

/**
 * Applies the access rule (docs/contract.md): marked schema elements require a scope wherever an operation uses them, as a field, an
 * argument, a filter key or a sort field, in the document or in a variable. An operation that its token does not permit is refused before
 * execution, so that neither the result nor the response time reveals anything. Returns one error for each use, at most MAX_ERRORS; the
 * last one then says that there are more. `given`: the raw variables, of bounded size (src/domain/json-size.ts).
 */
export function accessErrors(
  schema: GraphQLSchema,
  { document }: PreparedOperation,
  given: Readonly<Record<string, unknown>>,
  viewer: Viewer,
): GraphQLError[] {
  const found: GraphQLError[] = [];
  const requireScope = (extensions: Readonly<object> | null | undefined, name: string): void => {
    const { scope } = (extensions ?? {}) as Needs;
    if (!scope || hasScope(viewer, scope) || found.length >= MAX_ERRORS) return;
    const message =
      found.length < MAX_ERRORS - 1
        ? `${name} requires the scope ${scope}; the token has ${scopeList(viewer)}.`
        : `More fields require the scope ${scope}; they are not listed.`;
    found.push(new GraphQLError(message, { extensions: { code: 'FORBIDDEN', scope } }));
  };

  /** Checks the value of a variable before it has been validated against its type. */
  function checkValue(value: unknown, type: GraphQLInputType): void {
    if (value === null || value === undefined) return;
    const nullable = getNullableType(type);
    if (isListType(nullable)) {
      for (const element of Array.isArray(value) ? value : [value]) checkValue(element, nullable.ofType);
    } else if (isInputObjectType(nullable) && typeof value === 'object') {
      for (const [name, inner] of Object.entries(value)) {
        const field = nullable.getFields()[name];
        if (!field) continue;
        requireScope(field.extensions, `${nullable.name}.${name}`);
        checkValue(inner, field.type);
      }
    } else if (isEnumType(nullable) && typeof value === 'string')
      requireScope(nullable.getValue(value)?.extensions, `${nullable.name}.${value}`);
  }

  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      VariableDefinition(node) {
        const type = typeFromAST(schema, node.type as never);
        if (isInputType(type)) checkValue(given[node.variable.name.value], type);
      },
      Field() {
        requireScope(types.getFieldDef()?.extensions, `${types.getParentType()?.name}.${types.getFieldDef()?.name}`);
      },
      Argument(node) {
        requireScope(
          types.getArgument()?.extensions,
          `The argument ${node.name.value} of ${types.getFieldDef()?.name}`,
        );
      },
      ObjectField(node) {
        const parent = getNamedType(types.getParentInputType());
        if (isInputObjectType(parent))
          requireScope(parent.getFields()[node.name.value]?.extensions, `${parent.name}.${node.name.value}`);
      },
      EnumValue(node) {
        const type = getNamedType(types.getInputType());
        if (isEnumType(type)) requireScope(type.getValue(node.value)?.extensions, `${type.name}.${node.value}`);
      },
    }),
  );
  return found;
}
