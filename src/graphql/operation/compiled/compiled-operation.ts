/**
 * Execution of operations compiled from their document: what graphql-js finds out for every field of every item is found out once. Only
 * for operations that have nothing but data in them: a query of object types, lists and scalars. For all others, and whenever anything
 * fails, graphql-js executes (execute.ts), so that errors have one source.
 */
import {
  defaultFieldResolver,
  type FieldNode,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  OperationTypeNode,
  type SelectionNode,
  TypeNameMetaFieldDef,
} from 'graphql';
import type { Context } from '../../context.ts';
import { fragmentsOf } from '../../fragments.ts';
import { fieldCost, fieldDefinition, itemCost } from '../cost/field-cost.ts';
import type { PreparedOperation } from '../prepare.ts';
import { collectFields } from './collect-fields.ts';
import { compileArguments, NotCompiled } from './compiled-arguments.ts';
import {
  awaited,
  type Complete,
  completeLeaf,
  completeList,
  NeedsErrors,
  newRun,
  type Run,
  required,
} from './complete-values.ts';

/** The result of an execution without errors. */
export interface CompiledResult {
  readonly data: Readonly<Record<string, unknown>>;
  /** The characters of texts and names in it. */
  readonly characters: number;
  /** Its actual cost (actual-cost.ts). */
  readonly cost: number;
}

/** Executes an operation. Rejects on any error, in whatever words. */
export type CompiledOperation = (
  context: Context,
  values: Readonly<Record<string, unknown>>,
) => Promise<CompiledResult>;

/** The maximum number of kept forms of an operation, which differ by what `@skip` and `@include` leave. */
const MAX_FORMS = 4;

const forms = new WeakMap<PreparedOperation, Map<string, CompiledOperation | null>>();

/**
 * Returns the operation compiled for these coerced values; null if it has something that is not compiled: an abstract type, introspection,
 * another operation type than a query.
 */
export function compileOperation(
  schema: GraphQLSchema,
  operation: PreparedOperation,
  values: Readonly<Record<string, unknown>>,
): CompiledOperation | null {
  const ofOperation = forms.get(operation) ?? new Map<string, CompiledOperation | null>();
  forms.set(operation, ofOperation);
  const form = operation.conditions.map((variable) => String(values[variable])).join();
  const known = ofOperation.get(form);
  if (known !== undefined) return known;
  const made = compiledOrNull(schema, operation, values);
  if (ofOperation.size < MAX_FORMS) ofOperation.set(form, made);
  return made;
}

function compiledOrNull(...parts: Parameters<typeof compiled>): CompiledOperation | null {
  try {
    return compiled(...parts);
  } catch (error) {
    if (error instanceof NotCompiled) return null;
    throw error;
  }
}

/** Returns the value of a field of an object. */
type ReadField = (parent: object, run: Run) => unknown;
/** The fields of an object. */
type ReadObject = (parent: object, run: Run) => unknown;

function compiled(
  schema: GraphQLSchema,
  operation: PreparedOperation,
  variableValues: Readonly<Record<string, unknown>>,
): CompiledOperation {
  const { definition, executable } = operation;
  const root = schema.getQueryType();
  if (definition.operation !== OperationTypeNode.QUERY || !root) throw new NotCompiled();
  const executed = executable.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (!executed) throw new NotCompiled();
  const fragments = fragmentsOf(executable);
  let fieldCount = 0;
  let objectCount = 0;

  function compileObject(type: GraphQLObjectType, selections: readonly SelectionNode[]): ReadObject {
    const collected = collectFields(type, selections, { schema, fragments, variableValues });
    const names = [...collected.keys()];
    const fields = names.map((name) => compileField(type, collected.get(name) ?? []));
    const characters = names.reduce((sum, { length }) => sum + length, 0);
    const number = objectCount++;
    const costOf = (values: Run['values']) => {
      let cost = itemCost(type);
      for (const nodes of collected.values()) {
        const definition = fieldDefinition(schema, type, nodes[0]?.name.value ?? '');
        if (definition) cost += Math.max(...nodes.map((node) => fieldCost(definition, node, values, fragments)));
      }
      return cost;
    };
    return (parent, run) => {
      run.characters += characters;
      run.cost += run.objectCosts[number] ??= costOf(run.values);
      const result: Record<string, unknown> = {};
      let waiting: Promise<void>[] | null = null;
      for (let index = 0; index < fields.length; index++) {
        const name = names[index] as string;
        const value = (fields[index] as ReadField)(parent, run);
        result[name] = value;
        if (value instanceof Promise) {
          waiting ??= [];
          waiting.push(
            awaited(value, (done) => {
              result[name] = done;
            }),
          );
        }
      }
      return waiting === null ? result : awaited(Promise.all(waiting), () => result);
    };
  }

  function compileField(parentType: GraphQLObjectType, fieldNodes: readonly FieldNode[]): ReadField {
    const fieldName = fieldNodes[0]?.name.value ?? '';
    if (fieldName === TypeNameMetaFieldDef.name) {
      const { name } = parentType;
      return (_parent, run) => {
        run.characters += name.length;
        return name;
      };
    }
    const field = parentType.getFields()[fieldName];
    if (!field) throw new NotCompiled();
    const complete = compileType(field.type, fieldNodes);
    const exposed = exposedProperty(field);
    if (exposed !== null) return (parent, run) => complete((parent as Readonly<Record<string, unknown>>)[exposed], run);
    const resolve = (field.resolve ?? defaultFieldResolver) as GraphQLFieldResolver<unknown, Context>;
    const argumentsOf = compileArguments(field, fieldNodes);
    const number = fieldCount++;
    const base = { fieldName, fieldNodes, returnType: field.type, parentType, schema, fragments, rootValue: undefined };
    const infoOf = (run: Run): GraphQLResolveInfo =>
      (run.infos[number] ??= {
        ...base,
        operation: executed,
        variableValues: run.values,
        path: { prev: undefined, key: fieldName, typename: parentType.name },
      } as GraphQLResolveInfo);
    return (parent, run) => {
      const value = resolve(parent, argumentsOf(run.values), run.context, infoOf(run));
      return value instanceof Promise ? awaited(value, (done) => complete(done, run)) : complete(value, run);
    };
  }

  function compileType(type: GraphQLOutputType, fieldNodes: readonly FieldNode[]): Complete {
    if (isNonNullType(type)) {
      const complete = compileType(type.ofType, fieldNodes);
      return (value, run) => {
        const done = complete(value, run);
        if (done instanceof Promise) return awaited(done, required);
        return required(done);
      };
    }
    if (isListType(type)) {
      const complete = compileType(type.ofType, fieldNodes);
      return (value, run) => (value === null || value === undefined ? null : completeList(value, complete, run));
    }
    if (isLeafType(type)) return completeLeaf(type);
    if (!isObjectType(type)) throw new NotCompiled();
    const read = compileObject(
      type,
      fieldNodes.flatMap((node) => node.selectionSet?.selections ?? []),
    );
    return (value, run) => {
      if (value === null || value === undefined) return null;
      if (value instanceof Error) throw new NeedsErrors();
      return read(value, run);
    };
  }

  const read = compileObject(root, executed.selectionSet.selections);
  return async (context, values) => {
    const run = newRun(context, values);
    const data = (await read(ROOT, run)) as CompiledResult['data'];
    return { data, characters: run.characters, cost: run.cost };
  };
}

const ROOT = {};

/** Returns the property that a field exposes as it is; null if its resolver does anything else. */
function exposedProperty(field: GraphQLField<unknown, unknown>): string | null {
  const { pothosExposedField } = field.extensions as { readonly pothosExposedField?: unknown };
  return typeof pothosExposedField === 'string' ? pothosExposedField : null;
}
