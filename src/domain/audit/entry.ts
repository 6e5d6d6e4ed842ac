/** What an entry of the audit log says (docs/audit.md). */

/** What was done. Each route and command has one (src/http/audit/actions.ts, src/cli). */
export const AUDIT_ACTIONS = [
  'READ',
  'EXPORT',
  'IMPORT',
  'ERASE',
  'TOKEN_LIST',
  'TOKEN_CREATE',
  'TOKEN_ROTATE',
  'TOKEN_REVOKE',
  'AUDIT_READ',
  'AUDIT_EXPIRE',
  'AUDIT_LOST',
  'BACKUP',
  'RESTORE',
  'DISTRIBUTE',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/**
 * How it ended. `STARTED`: an answer begins that is too long to wait for, or a change; another entry with the same request id says how it ended.
 * `DENIED`: the caller may not. `FAILED`: anything else that went wrong. `CUT`: the client has less than the whole answer.
 */
export const AUDIT_OUTCOMES = ['STARTED', 'SUCCESS', 'DENIED', 'FAILED', 'CUT'] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/** Who did it: a stored token, one of ADMIN_TOKEN, a token of the identity provider, nobody known, a command's user, the service itself. */
export const AUDIT_ACTOR_KINDS = ['TOKEN', 'ADMIN_TOKEN', 'JWT', 'UNKNOWN', 'COMMAND', 'SERVICE'] as const;
export type AuditActorKind = (typeof AUDIT_ACTOR_KINDS)[number];

/** Who did it, and from where. */
export interface AuditActor {
  readonly kind: AuditActorKind;
  /** The name of the token, the subject of the JWT, the user of the operating system; '' if nobody is known. */
  readonly name: string;
  /** The issuer of the JWT; null for others. */
  readonly issuer: string | null;
}

/** A value of an attribute: an enumeration, a date, a number, a flag, or several; null for one that was given and is not kept. */
export type AuditValue = string | number | boolean | null | readonly (string | number | boolean | null)[];

/** What was asked for, by the name of the parameter. Nothing in it is a name, a text of a filter or a token. */
export type AuditAttributes = Readonly<Record<string, AuditValue>>;

/** One thing that was done, or several alike ones that were refused. */
export interface AuditEntry {
  /** Made where the entry is, so that none is written twice. */
  readonly id: string;
  /** When it ended, in milliseconds since 1970. */
  readonly at: number;
  /** The id that the log and the answer have; null for commands. */
  readonly requestId: string | null;
  readonly actor: AuditActor;
  /** The client's address; null for commands, and where several addresses are meant. */
  readonly address: string | null;
  readonly action: AuditAction;
  /** The method and pattern of a route, the name of a command, or `GraphQL` with the name of the operation. */
  readonly target: string;
  /** The SHA-256 of the text of a GraphQL operation, in hexadecimal; null for others. */
  readonly operation: string | null;
  readonly attributes: AuditAttributes;
  /** The ids that were asked for, with their kinds: `candidate:UUID` (src/domain/audit/subjects.ts). */
  readonly subjects: readonly string[];
  /** The rows that were sent or read; null where there are none to count. */
  readonly rows: number | null;
  /** Whether personal fields were asked for, and could be in the answer or what was sent, or the answer depends on them. */
  readonly personal: boolean;
  /** The status of the answer; null for commands. */
  readonly status: number | null;
  readonly outcome: AuditOutcome;
  /** The code of the error; null if there is none. */
  readonly code: string | null;
  /** The data version of the answer, where it is known. */
  readonly dataVersion: string | null;
  /** How long it took, in milliseconds. */
  readonly durationMs: number;
  /** How many requests the entry stands for: more than one only for those that were refused. */
  readonly requests: number;
}

/** Writes entries. What it does with those that can't be written is configuration. */
export interface AuditLog {
  /** Takes an entry, to be written in the background. Never throws. */
  note(entry: AuditEntry): void;
  /** Writes an entry, and resolves once it is committed. Errors: AUDIT_UNAVAILABLE if that takes too long or fails. */
  commit(entry: AuditEntry): Promise<void>;
}

/** What happens while entries can't be written: nothing is recorded at all; requests go on; requests for data are refused. */
export const AUDIT_POLICIES = ['off', 'continue', 'require'] as const;
export type AuditPolicy = (typeof AUDIT_POLICIES)[number];
