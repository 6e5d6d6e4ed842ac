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
import { hasScope, type Scope, scopeList, type Viewer } from '../../domain/viewer.ts';
import type { Needs } from '../builder.ts';
import { MAX_ERRORS } from '../limits.ts';
import type { PreparedOperation } from './prepare.ts';

/** A marked element that an operation uses, or a variable whose value may use some. */
type Use =
  | { readonly scope: Scope; readonly name: string }
  | { readonly variable: string; readonly type: GraphQLInputType };

const known = new WeakMap<PreparedOperation, readonly Use[]>();

/**
 * Applies the access rule (docs/contract.md): marked schema elements require a scope wherever an operation uses them, as a field, an
 * argument, a filter key or a sort field, in the document or in a variable. An operation that its token does not permit is refused before
 * execution, so that neither the result nor the response time reveals anything. Returns one error for each use, at most MAX_ERRORS; the
 * last one then says that there are more. `given`: the raw variables, of bounded size (src/domain/json-size.ts).
 */
export function accessErrors(
  schema: GraphQLSchema,
  operation: PreparedOperation,
  given: Readonly<Record<string, unknown>>,
  viewer: Viewer,
): GraphQLError[] {
  const uses = knownUses(schema, operation);
  const found: GraphQLError[] = [];
  const requireScope: Mark = (scope, name) => {
    if (hasScope(viewer, scope) || found.length >= MAX_ERRORS) return;
    const message =
      found.length < MAX_ERRORS - 1
        ? `${name} requires the scope ${scope}; the token has ${scopeList(viewer)}.`
        : `More fields require the scope ${scope}; they are not listed.`;
    found.push(new GraphQLError(message, { extensions: { code: 'FORBIDDEN', scope } }));
  };
  for (const use of uses)
    if ('scope' in use) requireScope(use.scope, use.name);
    else findInValue(given[use.variable], use.type, requireScope);
  return found;
}

/** Whether an operation uses personal fields, be it for what it returns, for a filter or for an order. `given`: as above. */
export function usesPersonal(
  schema: GraphQLSchema,
  operation: PreparedOperation,
  given: Readonly<Record<string, unknown>>,
): boolean {
  let isPersonal = false;
  const note: Mark = (scope) => {
    isPersonal ||= scope === 'personal';
  };
  for (const use of knownUses(schema, operation))
    if ('scope' in use) note(use.scope, use.name);
    else findInValue(given[use.variable], use.type, note);
  return isPersonal;
}

function knownUses(schema: GraphQLSchema, operation: PreparedOperation): readonly Use[] {
  const uses = known.get(operation) ?? usesOf(schema, operation);
  known.set(operation, uses);
  return uses;
}

/** Receives the use of a marked element. */
type Mark = (scope: Scope, name: string) => void;

const markedScope = (extensions: Readonly<object> | null | undefined): Needs['scope'] =>
  ((extensions ?? {}) as Needs).scope;

/** Finds the uses in the value of a variable, before it has been validated against its type. */
function findInValue(value: unknown, type: GraphQLInputType, mark: Mark): void {
  if (value === null || value === undefined) return;
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    for (const element of Array.isArray(value) ? value : [value]) findInValue(element, nullable.ofType, mark);
  } else if (isInputObjectType(nullable) && typeof value === 'object') {
    for (const [name, inner] of Object.entries(value)) {
      const field = nullable.getFields()[name];
      if (!field) continue;
      const scope = markedScope(field.extensions);
      if (scope) mark(scope, `${nullable.name}.${name}`);
      findInValue(inner, field.type, mark);
    }
  } else if (isEnumType(nullable) && typeof value === 'string') {
    const scope = markedScope(nullable.getValue(value)?.extensions);
    if (scope) mark(scope, `${nullable.name}.${value}`);
  }
}

/** Returns the uses in a document, and its variables, in the order of the document. */
function usesOf(schema: GraphQLSchema, { document }: PreparedOperation): readonly Use[] {
  const uses: Use[] = [];
  const note = (extensions: Readonly<object> | null | undefined, name: string): void => {
    const scope = markedScope(extensions);
    if (scope) uses.push({ scope, name });
  };
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      VariableDefinition(node) {
        const type = typeFromAST(schema, node.type as never);
        if (isInputType(type)) uses.push({ variable: node.variable.name.value, type });
      },
      Field() {
        note(types.getFieldDef()?.extensions, `${types.getParentType()?.name}.${types.getFieldDef()?.name}`);
      },
      Argument(node) {
        note(types.getArgument()?.extensions, `The argument ${node.name.value} of ${types.getFieldDef()?.name}`);
      },
      ObjectField(node) {
        const parent = getNamedType(types.getParentInputType());
        if (isInputObjectType(parent))
          note(parent.getFields()[node.name.value]?.extensions, `${parent.name}.${node.name.value}`);
      },
      EnumValue(node) {
        const type = getNamedType(types.getInputType());
        if (isEnumType(type)) note(type.getValue(node.value)?.extensions, `${type.name}.${node.value}`);
      },
    }),
  );
  return uses;
}
