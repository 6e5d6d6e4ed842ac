import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import { Asked } from '../../domain/audit/asked.ts';
import type { AuditActor, AuditEntry, AuditLog, AuditOutcome, AuditPolicy } from '../../domain/audit/entry.ts';
import { endWork } from '../client-left.ts';
import type { RequestLog } from '../request-log/request-log.ts';
import { type RequestRecord, recordOf } from '../request-log/request-record.ts';
import { clientAddress } from '../request-log/trusted-proxies.ts';
import { actionOf, isChange } from './actions.ts';
import { type NoteFilter, noteParameters } from './parameters.ts';
import { Refusals } from './refusals.ts';

/** Where entries go, and what happens while they can't be written. */
export interface RequestAudit {
  readonly log: AuditLog;
  readonly policy: Exclude<AuditPolicy, 'off'>;
  readonly noteFilter: NoteFilter;
}

const NOBODY: AuditActor = { kind: 'UNKNOWN', name: '', issuer: null };

/** Codes of callers who may not, rather than of what went wrong. */
const DENIALS: ReadonlySet<string> = new Set(['NOT_AUTHENTICATED', 'FORBIDDEN', 'RATE_LIMITED']);

/** What a request has come to. */
interface Ending {
  readonly status: number;
  readonly isCut: boolean;
  readonly milliseconds: number;
}

/**
 * Writes an entry for each request to the routes of `app`, which must be registered later: one without an action is refused (./actions.ts). What
 * never asked for a token, as a web page, has none.
 *
 * With the policy `require`, an answer is only sent once its entry is committed; one that is streamed, and a change, once an entry says that it
 * begins. Otherwise it is AUDIT_UNAVAILABLE.
 */
export function auditRequests(
  app: FastifyInstance,
  { log, policy, noteFilter }: RequestAudit,
  requestLog: RequestLog,
): void {
  const refusals = new Refusals((entry) => log.note(entry));
  /** Requests whose answer has its entry already. */
  const committed = new WeakSet<FastifyRequest>();
  app.addHook('onRoute', (route) => {
    const { method, url } = route;
    const actions = [method].flat().map((one) => actionOf(one, url));
    if (actions.some(isChange)) route.handler = keepingChange(route.handler);
  });
  app.addHook('onRequest', (request, _reply, done) => {
    recordOf(request).audit.action = actionOf(request.method, request.routeOptions.url ?? '');
    done();
  });
  /** Changes whose client has its answer, or has left, and that are still being made. */
  const changing = new Set<Promise<unknown>>();
  const note = (request: FastifyRequest, ending: Ending) => {
    const entry = entryOf(request, recordOf(request), ending, noteFilter);
    if (isBounded(entry)) refusals.note(entry);
    else log.note(entry);
  };
  requestLog.observe(({ request, record, ...ending }) => {
    if (!isAudited(record) || (committed.has(request) && !ending.isCut)) return;
    const { change } = record.audit;
    if (!change) return note(request, ending);
    // A proxy may give up a change that is made all the same: only at its end is it known what it did.
    const leftAt = performance.now();
    const noteEnd = () => {
      changing.delete(ended);
      note(request, { ...ending, milliseconds: ending.milliseconds + performance.now() - leftAt });
    };
    const ended = change.then(noteEnd, noteEnd);
    changing.add(ended);
  });
  app.addHook('onClose', async () => {
    await Promise.all(changing);
    refusals.close();
  });
  if (policy !== 'require') return;

  const begin = async (request: FastifyRequest, reply: FastifyReply) => {
    const record = recordOf(request);
    const ending = { status: reply.statusCode, isCut: false, milliseconds: reply.elapsedTime };
    await log.commit({ ...entryOf(request, record, ending, noteFilter), outcome: 'STARTED', rows: null, status: null });
  };
  app.addHook('preHandler', async (request, reply) => {
    const record = recordOf(request);
    // GraphQL and what reads is known when it is answered.
    if (isAudited(record) && record.audit.action && isChange(record.audit.action)) await begin(request, reply);
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const record = recordOf(request);
    const { action } = record.audit;
    if (!isAudited(record) || action === undefined || isChange(action) || reply.statusCode >= 400) return payload;
    try {
      if (payload instanceof Readable) await begin(request, reply);
      else {
        const ending = { status: reply.statusCode, isCut: false, milliseconds: reply.elapsedTime };
        await log.commit(entryOf(request, record, ending, noteFilter));
        committed.add(request);
      }
    } catch (error) {
      // What it reads from would be held as long as nobody reads it to its end.
      if (payload instanceof Readable) payload.destroy();
      endWork(request);
      throw error;
    }
    return payload;
  });
}

/** Returns a handler that keeps the end of what it does for the entry. */
const keepingChange = (handler: RouteHandlerMethod): RouteHandlerMethod =>
  async function (request, reply) {
    const change = Promise.resolve(handler.call(this, request, reply));
    recordOf(request).audit.change = change;
    return await change;
  };

/** Whether a request has asked for its admission. */
const isAudited = ({ audit, address }: RequestRecord): boolean => audit.action !== undefined && address !== undefined;

/**
 * Whether entries like this one could be many, of those who may nothing: what was refused or failed, and what was cut before it was known whose it
 * is. Whoever has read rows has an entry for them, though something else was wrong, as it may be in a GraphQL operation.
 */
const isBounded = ({ outcome, rows, actor }: AuditEntry): boolean =>
  !rows && (outcome === 'DENIED' || outcome === 'FAILED' || (outcome !== 'SUCCESS' && actor.kind === 'UNKNOWN'));

function outcomeOf({ status, isCut }: Ending, code: string | undefined): AuditOutcome {
  if (code !== undefined && DENIALS.has(code)) return 'DENIED';
  if (code !== undefined || status >= 400) return 'FAILED';
  return isCut ? 'CUT' : 'SUCCESS';
}

function entryOf(request: FastifyRequest, record: RequestRecord, ending: Ending, noteFilter: NoteFilter): AuditEntry {
  const { audit, operation, code, rows } = record;
  const outcome = outcomeOf(ending, code);
  const isGraphql = audit.operation !== undefined;
  const asked = audit.asked ?? new Asked();
  // What was cut may not have been looked at yet: only what has begun to read rows, or to change something, was.
  const hasBegun = rows !== undefined || audit.change !== undefined;
  const isAccepted = outcome === 'SUCCESS' || (outcome === 'CUT' && hasBegun);
  if (!isGraphql) noteParameters(request, asked, isAccepted, noteFilter);
  const { attributes, subjects } = asked;
  return {
    id: randomUUID(),
    at: Date.now(),
    requestId: request.id,
    actor: audit.actor ?? NOBODY,
    address: record.address || clientAddress(request) || null,
    action: audit.action ?? 'READ',
    target: isGraphql ? `GraphQL ${operation ?? '(anonymous)'}` : `${request.method} ${request.routeOptions.url ?? ''}`,
    operation: audit.operation ?? null,
    attributes,
    subjects,
    rows: rows ? rows() : null,
    personal: audit.isPersonal ?? false,
    status: ending.status,
    outcome,
    code: code ?? null,
    dataVersion: audit.dataVersion ?? null,
    durationMs: ending.milliseconds,
    requests: 1,
  };
}
