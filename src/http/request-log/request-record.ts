import type { FastifyRequest } from 'fastify';
import type { Asked } from '../../domain/audit/asked.ts';
import type { AuditAction, AuditActor } from '../../domain/audit/entry.ts';
import type { ChangeCounts } from '../../domain/import/import-session.ts';

/** What the parts that handle a request find out about it, for the log and the metrics. Nothing here is a secret or a value of a row. */
export interface RequestRecord {
  /** The name of the token, or of the person it was issued to. */
  caller?: string;
  /** The client's address. It is noted while the connection is there. */
  address?: string;
  /** The name of the GraphQL operation. */
  operation?: string | undefined;
  /** Whether it is one of the file of persisted operations. */
  isListed?: boolean;
  /** The cost of the GraphQL operation. `actual` is missing where it was not executed. */
  cost?: { readonly requested: number; readonly isRefused: boolean; actual?: number };
  /** Returns the number of rows that were sent or read so far. */
  rows?: () => number;
  /** The code of the error that the client was told, the first of several. */
  code?: string;
  /** The id of its trace, if it is traced. */
  traceId?: string;
  /** The rate limit that the request exceeded. */
  limit?: 'per_second' | 'per_minute' | 'concurrent' | 'points';
  /** What an import did that was read to its end. */
  imported?: ImportCounts;
  /** What the audit log says besides. */
  readonly audit: AuditRecord;
}

/** What the parts that handle a request find out about it for the audit log alone. */
export interface AuditRecord {
  /** What the request does; missing for those that are not audited. */
  action?: AuditAction;
  /** Whose it is, if that is known. */
  actor?: AuditActor;
  /** What is asked for, besides the parameters of the URL. */
  asked?: Asked;
  /** The SHA-256 of the text of the GraphQL operation, in hexadecimal. */
  operation?: string;
  /** Whether personal fields are asked for, and the viewer may see them. */
  isPersonal?: boolean;
  /** A change: settled once it is made, whether or not its answer is sent. Missing until it begins, and for what changes nothing. */
  change?: Promise<unknown>;
  /** The data version of what is sent. */
  dataVersion?: string;
}

/** The rows of an import, by what became of them. Nothing was saved if there are errors, or in a dry run. */
interface ImportCounts extends ChangeCounts {
  readonly saved: boolean;
  readonly errors?: readonly unknown[];
}

const records = new WeakMap<FastifyRequest, RequestRecord>();

/** Returns the record of a request, to read it or to note something. */
export function recordOf(request: FastifyRequest): RequestRecord {
  const known = records.get(request);
  if (known) return known;
  const record: RequestRecord = { audit: {} };
  records.set(request, record);
  return record;
}
