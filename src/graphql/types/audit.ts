import { countEntries, readEntries, type StoredEntry } from '../../db/audit/read-entries.ts';
import type { Query } from '../../db/connection/snapshot.ts';
import type { AuditAction, AuditActorKind, AuditOutcome } from '../../domain/audit/entry.ts';
import { type AuditFilter, readAuditFilter } from '../../domain/audit/filter.ts';
import { readBase64UrlJson, writeBase64UrlJson } from '../../domain/base64url-json.ts';
import { Failure, shown } from '../../domain/errors.ts';
import { isValidColumnText } from '../../domain/values/valid-column-text.ts';
import { ADMINISTRATIVE, builder, type Costs, NOT_VERSIONED } from '../builder.ts';
import { PageInfoType } from '../connection/connection-types.ts';
import { ITEM_COST, PAGE_COST, SCAN_COST } from '../costs.ts';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '../limits.ts';

const AuditActionType = builder.enumType('AuditAction', {
  description: 'What was done.',
  values: {
    READ: { description: 'Rows, counts or metrics were read.' },
    EXPORT: { description: 'Rows were downloaded as a file or a page of it.' },
    IMPORT: { description: 'Rows or names were imported.' },
    ERASE: { description: 'People were erased, or it was counted what that would change.' },
    TOKEN_LIST: { description: 'The tokens were listed.' },
    TOKEN_CREATE: { description: 'A token was created.' },
    TOKEN_ROTATE: { description: 'A token was replaced by another one of its name.' },
    TOKEN_REVOKE: { description: 'A token was revoked.' },
    AUDIT_READ: { description: 'The audit log was read.' },
    AUDIT_EXPIRE: { description: 'Old entries of the audit log were removed; `rows` says how many.' },
    AUDIT_LOST: { description: 'Entries were lost while the log could not be written; `requests` says how many.' },
    BACKUP: { description: 'Everything was written to a backup.' },
    RESTORE: { description: 'A backup was restored.' },
    DISTRIBUTE: { description: 'The rows were moved to the servers of a cluster, or back to one.' },
  } satisfies Record<AuditAction, { description: string }>,
});

const AuditOutcomeType = builder.enumType('AuditOutcome', {
  description: 'How it ended.',
  values: {
    STARTED: { description: 'It began; another entry with the same `requestId` says how it ended.' },
    SUCCESS: { description: 'It was done.' },
    DENIED: { description: 'The caller was not allowed to.' },
    FAILED: { description: 'Something else was wrong.' },
    CUT: { description: 'The client has less than the whole answer.' },
  } satisfies Record<AuditOutcome, { description: string }>,
});

const AuditActorKindType = builder.enumType('AuditActorKind', {
  description: 'What an actor is.',
  values: {
    TOKEN: { description: 'A token of this service.' },
    ADMIN_TOKEN: { description: 'A token of `ADMIN_TOKEN`.' },
    JWT: { description: 'A token of the identity provider; `issuer` says which.' },
    UNKNOWN: { description: 'Nobody known: without a valid token, or several.' },
    COMMAND: { description: 'A user of the operating system, who ran a command.' },
    SERVICE: { description: 'The service itself.' },
  } satisfies Record<AuditActorKind, { description: string }>,
});

const AuditEntry = builder.objectRef<StoredEntry>('AuditEntry').implement({
  description: 'A request or a command that read or changed data, or was refused.',
  fields: (t) => ({
    at: t.field({
      type: 'DateTime',
      nullable: false,
      description: 'When it ended.',
      resolve: ({ at }) => String(at).slice(0, 19),
    }),
    requestId: t.exposeString('requestId', { description: 'The id of the request in the log; null for commands.' }),
    actor: t.string({ nullable: false, description: 'Who did it.', resolve: ({ actor }) => String(actor) }),
    actorKind: t.field({
      type: AuditActorKindType,
      nullable: false,
      description: 'What the actor is.',
      resolve: ({ actorKind }) => actorKind as AuditActorKind,
    }),
    issuer: t.exposeString('issuer', { description: 'The identity provider of the actor’s token.' }),
    address: t.exposeString('address', { description: 'The address of the client.' }),
    action: t.field({
      type: AuditActionType,
      nullable: false,
      description: 'What was done.',
      resolve: ({ action }) => action as AuditAction,
    }),
    target: t.string({
      nullable: false,
      description: 'The route, the GraphQL operation or the command.',
      resolve: ({ target }) => String(target),
    }),
    operation: t.exposeString('operation', {
      description: 'The SHA-256 of the text of the GraphQL operation, in hexadecimal.',
    }),
    attributes: t.string({
      nullable: false,
      description: 'What was asked for, as JSON: ids, enumerations, dates and numbers; null for what is not kept.',
      resolve: ({ attributes }) => String(attributes),
    }),
    subjects: t.stringList({
      nullable: { list: false, items: false },
      description: 'The ids that were asked for, with their kinds: `candidate:3f2504e0-4f89-41d3-9a0c-0305e82c3301`.',
      resolve: ({ subjects }) => (subjects ? subjects.split(' ') : []),
    }),
    rows: t.exposeFloat('rows', { description: 'Rows that were sent, read or changed.' }),
    personal: t.exposeBoolean('personal', { nullable: false, description: 'Whether personal fields were asked for.' }),
    status: t.exposeInt('status', { description: 'The status of the answer; null for commands.' }),
    outcome: t.field({
      type: AuditOutcomeType,
      nullable: false,
      description: 'How it ended.',
      resolve: ({ outcome }) => outcome as AuditOutcome,
    }),
    code: t.exposeString('code', { description: 'The code of the error.' }),
    dataVersion: t.exposeString('dataVersion', { description: 'The version of the data, where the answer has one.' }),
    durationMs: t.exposeInt('durationMs', { nullable: false, description: 'How long it took, in milliseconds.' }),
    requests: t.exposeInt('requests', {
      nullable: false,
      description: 'How many requests the entry stands for: alike ones that were refused within a minute are counted.',
    }),
  }),
});

/** The connection field itself already multiplies by the page size. */
const ONE_BY_ONE = { cost: { field: 0, multiplier: 1 } } satisfies Costs;

/** A page of entries, read once for all its fields. */
interface EntriesPage {
  readonly rows: () => Promise<readonly StoredEntry[]>;
  readonly hasMore: () => Promise<boolean>;
  readonly isFirst: boolean;
  readonly count: () => Promise<number>;
}

const AuditEntryEdge = builder.objectRef<StoredEntry>('AuditEntryEdge').implement({
  description: 'An entry with its cursor.',
  fields: (t) => ({
    cursor: t.string({ nullable: false, description: 'Cursor of the entry.', resolve: cursorOf }),
    node: t.field({ type: AuditEntry, nullable: false, description: 'The entry.', resolve: (entry) => entry }),
  }),
});

const AuditEntryConnection = builder.objectRef<EntriesPage>('AuditEntryConnection').implement({
  description: 'A page of the audit log (Relay Cursor Connections Specification).',
  fields: (t) => ({
    edges: t.field({
      type: [AuditEntryEdge],
      nullable: { list: false, items: false },
      description: 'The entries of the page with their cursors.',
      extensions: ONE_BY_ONE,
      resolve: ({ rows }) => rows(),
    }),
    nodes: t.field({
      type: [AuditEntry],
      nullable: { list: false, items: false },
      description: 'The entries of the page.',
      extensions: ONE_BY_ONE,
      resolve: ({ rows }) => rows(),
    }),
    pageInfo: t.field({
      type: PageInfoType,
      nullable: false,
      description: 'Information for pagination.',
      extensions: { costsOnce: true } satisfies Costs,
      resolve: async ({ rows, hasMore, isFirst }) => {
        const entries = await rows();
        const [first, last] = [entries[0], entries.at(-1)];
        return {
          hasNextPage: hasMore,
          hasPreviousPage: () => !isFirst,
          startCursor: first ? cursorOf(first) : null,
          endCursor: last ? cursorOf(last) : null,
        };
      },
    }),
    totalCount: t.int({
      nullable: false,
      description: 'Number of entries on all pages. Counted only when selected.',
      extensions: { costsOnce: true, cost: { field: SCAN_COST, multiplier: 1 } } satisfies Costs,
      resolve: ({ count }) => count(),
    }),
  }),
});

builder.queryField('audit', (t) =>
  t.field({
    type: AuditEntryConnection,
    nullable: false,
    description: 'Who read or changed what, the newest first. Reading it is an entry, too.',
    args: {
      first: t.arg.int({
        required: true,
        defaultValue: DEFAULT_PAGE_SIZE,
        description: `Number of entries: up to ${MAX_PAGE_SIZE}.`,
      }),
      after: t.arg.string({ description: 'Only entries after the one with this cursor.' }),
      since: t.arg({ type: 'DateTime', description: 'Only entries from this moment on.' }),
      until: t.arg({ type: 'DateTime', description: 'Only entries before this moment.' }),
      actor: t.arg.string({ description: 'Only entries of actors of this name.' }),
      action: t.arg({ type: AuditActionType, description: 'Only entries of this action.' }),
      outcome: t.arg({ type: AuditOutcomeType, description: 'Only entries that ended like this.' }),
      personal: t.arg.boolean({ description: 'Only entries in which personal fields were asked for, or were not.' }),
      subject: t.arg.string({
        description: 'Only entries that asked for this id: with its kind, `candidate:UUID`, or of any kind.',
      }),
    },
    extensions: {
      ...ADMINISTRATIVE,
      ...NOT_VERSIONED,
      cost: {
        sizes: ['first'],
        of: ({ first = DEFAULT_PAGE_SIZE }) => {
          const size = Math.min(Math.max(first, 1), MAX_PAGE_SIZE);
          return { field: PAGE_COST + SCAN_COST + ITEM_COST * size, multiplier: size };
        },
      },
    } satisfies Costs & typeof ADMINISTRATIVE & typeof NOT_VERSIONED,
    resolve: (_root, { first, after, ...given }, { query }) => {
      if (first < 0 || first > MAX_PAGE_SIZE)
        throw new Failure(
          'BAD_USER_INPUT',
          `first: ${first} is not accepted; it is a whole number from 0 to ${MAX_PAGE_SIZE}.`,
        );
      const words: Readonly<Record<string, string | boolean | null | undefined>> = given;
      const filter = readAuditFilter((name) => words[name]?.toString(), Date.now());
      return pageOf(query, filter, after ?? null, first);
    },
  }),
);

function pageOf(query: Query, filter: AuditFilter, cursor: string | null, first: number): EntriesPage {
  const after = cursor === null ? null : readCursor(cursor);
  let read: Promise<StoredEntry[]> | null = null;
  // One more tells whether a page follows.
  const readOnce = () => {
    read ??= readEntries(query, { filter, after, first: first + 1 });
    return read;
  };
  return {
    rows: async () => (await readOnce()).slice(0, first),
    hasMore: async () => (await readOnce()).length > first,
    isFirst: after === null,
    count: () => countEntries(query, filter),
  };
}

function cursorOf({ at, id }: StoredEntry): string {
  return writeBase64UrlJson([at, id]);
}

/** Errors: BAD_USER_INPUT. */
function readCursor(text: string): readonly [at: string, id: string] {
  const values = readBase64UrlJson(text);
  const [at, id] = Array.isArray(values) ? values : [];
  if (
    typeof at === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(at) &&
    typeof id === 'string' &&
    isValidColumnText(id, 'uuid')
  )
    return [at, id];
  throw new Failure('BAD_USER_INPUT', `after: ${shown(text)} is not a cursor of this connection.`);
}
