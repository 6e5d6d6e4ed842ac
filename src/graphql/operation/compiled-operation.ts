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
  type GraphQLLeafType,
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
import { isLeftOut } from '../connection/selected-fields.ts';
import type { Context } from '../context.ts';
import { fieldCost, fieldDefinition, fragmentsOf, itemCost } from './cost.ts';
import type { PreparedOperation } from './prepare.ts';
import { COST_OF_TURN, nextTurn } from './turns.ts';

/** One execution. */
interface Run {
  readonly context: Context;
  readonly values: Readonly<Record<string, unknown>>;
  /** What resolvers are told of each field, by its number; made when it is first needed. */
  readonly infos: (GraphQLResolveInfo | undefined)[];
  /** The characters of texts and names in the result. */
  characters: number;
  /** The cost of what was read, and the cost of the fields of each kind of object, by its number. */
  cost: number;
  /** The cost at which the event loop has its next turn, and that turn while lists wait for it. */
  pauseAt: number;
  pause: Promise<void> | null;
  readonly objectCosts: (number | undefined)[];
}

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

/** Thrown where an operation has something that is not compiled. */
class NotCompiled extends Error {}

/** Thrown where graphql-js would report an error. */
class NeedsErrors extends Error {}

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
/** Turns what a resolver returned into a part of the result. */
type Complete = (value: unknown, run: Run) => unknown;
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
  const fragmentsByName = fragmentsOf(operation);
  const fragments = Object.fromEntries(fragmentsByName);
  let fieldCount = 0;
  let objectCount = 0;

  /** Collects the fields of a selection, in the order of their first occurrence (GraphQL, "CollectFields"). */
  function collect(
    type: GraphQLObjectType,
    selections: readonly SelectionNode[],
    into: Map<string, FieldNode[]>,
  ): void {
    for (const node of selections) {
      if (isLeftOut(node, { variableValues })) continue;
      if (node.kind === Kind.FIELD) {
        const name = node.alias?.value ?? node.name.value;
        const nodes = into.get(name) ?? [];
        into.set(name, nodes);
        nodes.push(node);
        continue;
      }
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : fragments[node.name.value];
      if (!fragment) throw new NotCompiled();
      const condition = fragment.typeCondition?.name.value;
      if (condition !== undefined && condition !== type.name) {
        const of = schema.getType(condition);
        // Another object type selects nothing; an interface that this type has selects like the type.
        if (isObjectType(of)) continue;
        if (!type.getInterfaces().some(({ name }) => name === condition)) throw new NotCompiled();
      }
      collect(type, fragment.selectionSet.selections, into);
    }
  }

  function compileObject(type: GraphQLObjectType, selections: readonly SelectionNode[]): ReadObject {
    const collected = new Map<string, FieldNode[]>();
    collect(type, selections, collected);
    const names = [...collected.keys()];
    const fields = names.map((name) => compileField(type, collected.get(name) ?? []));
    const characters = names.reduce((sum, { length }) => sum + length, 0);
    const number = objectCount++;
    const costOf = (values: Run['values']) => {
      let cost = itemCost(type);
      for (const [node] of collected.values()) {
        const definition = node && fieldDefinition(schema, type, node.name.value);
        if (definition) cost += fieldCost(definition, node, values, fragmentsByName);
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
    const run: Run = {
      context,
      values,
      infos: [],
      characters: 0,
      cost: 0,
      pauseAt: context.turns.paced ? 0 : Number.POSITIVE_INFINITY,
      pause: null,
      objectCosts: [],
    };
    const data = (await read(ROOT, run)) as CompiledResult['data'];
    return { data, characters: run.characters, cost: run.cost };
  };
}

const ROOT = {};

/**
 * Returns a promise of what `then` makes of a value. After an error in one field nobody waits for the others, and their errors must not
 * count as unhandled.
 */
function awaited<T, R>(value: Promise<T>, then: (value: T) => R | Promise<R>): Promise<R> {
  const result = value.then(then);
  result.catch(() => {});
  return result;
}

function required(value: unknown): unknown {
  if (value === null || value === undefined) throw new NeedsErrors();
  return value;
}

function completeList(value: unknown, complete: Complete, run: Run): unknown {
  if (!Array.isArray(value)) throw new NeedsErrors();
  let waits = false;
  const items: unknown[] = [];
  for (const item of value) {
    if (isPaused(run)) return completeLater(value, items, complete, run);
    const done = completeItem(item, complete, run);
    waits ||= done instanceof Promise;
    items.push(done);
  }
  return waits ? awaited(Promise.all(items), (all) => all) : items;
}

/** Completes the other items of a list, in the turns of the event loop that this operation has. */
function completeLater(value: readonly unknown[], items: unknown[], complete: Complete, run: Run): Promise<unknown> {
  const end = run.context.turns.begin();
  const later = async () => {
    for (let index = items.length; index < value.length; index++) {
      while (isPaused(run)) await run.pause;
      items.push(completeItem(value[index], complete, run));
    }
  };
  return awaited(later().finally(end), () => Promise.all(items));
}

const completeItem = (item: unknown, complete: Complete, run: Run): unknown =>
  item instanceof Promise ? awaited(item, (found) => complete(found, run)) : complete(item, run);

/** Whether the operation has to wait for the next turn of the event loop. All its lists then wait for the same one. */
function isPaused(run: Run): boolean {
  if (run.pause === null && run.cost >= run.pauseAt)
    run.pause = nextTurn().then(() => {
      run.pauseAt = run.cost + COST_OF_TURN;
      run.pause = null;
    });
  return run.pause !== null;
}

const completeLeaf =
  (type: GraphQLLeafType): Complete =>
  (value, run) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Error) throw new NeedsErrors();
    const text: unknown = type.serialize(value);
    if (text === null || text === undefined) throw new NeedsErrors();
    if (typeof text === 'string') run.characters += text.length;
    return text;
  };

/** Returns the property that a field exposes as it is; null if its resolver does anything else. */
function exposedProperty(field: GraphQLField<unknown, unknown>): string | null {
  const { pothosExposedField } = field.extensions as { readonly pothosExposedField?: unknown };
  return typeof pothosExposedField === 'string' ? pothosExposedField : null;
}

/** Returns the arguments of a field by the coerced values of an operation: all of them are variables in what is executed (prepare.ts). */
function compileArguments(
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
