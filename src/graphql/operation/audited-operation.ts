/** What the audit log says of an operation: the ids, enumerations, dates and numbers in its arguments, and that others were given. */
import { hash } from 'node:crypto';
import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isScalarType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { Asked } from '../../domain/audit/asked.ts';
import { type SubjectKind, subjectKindOf } from '../../domain/audit/subjects.ts';
import type { EntityName } from '../../domain/entities.ts';
import type { AuditRecord } from '../../http/request-log/request-record.ts';
import { entityOfType } from '../connection/names.ts';
import { readGlobalId } from '../connection/nodes/global-id.ts';
import { OPERATORS } from '../connection/where/operators.ts';
import type { PreparedOperation } from './prepare.ts';

/** An argument of a field, whose value is that of a variable of the executed document. */
interface Argument {
  readonly path: readonly string[];
  readonly variable: string;
  readonly type: GraphQLInputType;
}

/** What is the same for each execution of an operation. */
interface Known {
  readonly hash: string;
  readonly roots: readonly string[];
  readonly arguments: readonly Argument[];
}

const known = new WeakMap<PreparedOperation, Known>();

/** The field of the query root that reads the audit log. */
const AUDIT_FIELD = 'audit';

/** Notes which operation a request executes, before it is known whether it may. */
export function noteOperation(schema: GraphQLSchema, operation: PreparedOperation, audit: AuditRecord): void {
  const { hash: text, roots } = knownOf(schema, operation);
  audit.operation = text;
  if (roots.includes(AUDIT_FIELD)) audit.action = 'AUDIT_READ';
}

/** Notes what an operation asks for. `values`: the coerced values of all variables of the executed document. */
export function noteArguments(
  schema: GraphQLSchema,
  operation: PreparedOperation,
  values: Readonly<Record<string, unknown>>,
  audit: AuditRecord,
): void {
  const { roots, arguments: given } = knownOf(schema, operation);
  const asked = new Asked();
  for (const root of roots) asked.value('fields', root);
  for (const { path, variable, type } of given) noteValue(path, values[variable], type, asked);
  audit.asked = asked;
}

function knownOf(schema: GraphQLSchema, operation: PreparedOperation): Known {
  const found = known.get(operation) ?? examine(schema, operation);
  known.set(operation, found);
  return found;
}

function examine(schema: GraphQLSchema, { executable, text }: PreparedOperation): Known {
  const types = new TypeInfo(schema);
  const given: Argument[] = [];
  const roots = new Set<string>();
  let field = '';
  visit(
    executable,
    visitWithTypeInfo(types, {
      VariableDefinition: () => false,
      Directive: () => false,
      Field({ name }) {
        field = name.value;
        if (types.getParentType() === schema.getQueryType()) roots.add(field);
      },
      Argument({ name, value }) {
        const type = types.getInputType();
        if (type && value.kind === Kind.VARIABLE)
          given.push({ path: [field, name.value], variable: value.name.value, type });
      },
    }),
  );
  return { hash: hash('sha256', text, 'hex'), roots: [...roots], arguments: given };
}

const KINDS: Readonly<Partial<Record<EntityName, SubjectKind>>> = {
  appointment: 'appointment',
  interview: 'interview',
  employee: 'employee',
  candidate: 'candidate',
  job: 'job',
  application: 'application',
};

/** The scalars whose values are no free text. */
const PLAIN_SCALARS: ReadonlySet<string> = new Set([
  'Int',
  'Float',
  'Boolean',
  'DateTime',
  'LocalDate',
  'LocalDateTime',
]);

function noteValue(path: readonly string[], value: unknown, type: GraphQLInputType, asked: Asked): void {
  if (value === null || value === undefined) return;
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    for (const one of Array.isArray(value) ? value : [value]) noteValue(path, one, nullable.ofType, asked);
  } else if (isInputObjectType(nullable)) {
    const fields = nullable.getFields();
    for (const [name, inner] of Object.entries(value)) {
      const field = fields[name];
      if (field) noteValue([...path, name], inner, field.type, asked);
    }
  } else if (isEnumType(nullable)) asked.value(path.join('.'), String(nullable.serialize(value)));
  else if (isScalarType(nullable)) noteScalar(path, value, nullable.name, asked);
}

function noteScalar(path: readonly string[], value: unknown, type: string, asked: Asked): void {
  const name = path.join('.');
  const kind = subjectKindOf(path.findLast((step) => !Object.hasOwn(OPERATORS, step)) ?? '');
  if (type === 'ID') noteGlobalId(name, String(value), asked);
  else if (kind) asked.subject(name, kind, String(value));
  else if (!PLAIN_SCALARS.has(type)) asked.given(name);
  else asked.value(name, typeof value === 'number' || typeof value === 'boolean' ? value : String(value));
}

/** Notes an id of `node` or `nodes`: those of rows have that of their interview behind their own. */
function noteGlobalId(name: string, text: string, asked: Asked): void {
  const id = readGlobalId(text);
  const entity = id && entityOfType(id.typename);
  const kind = entity && KINDS[entity];
  // The key of a row begins with the interview.
  const key = id?.key.at(-1);
  if (kind && key !== undefined) asked.subject(name, kind, key);
  else asked.given(name);
}
