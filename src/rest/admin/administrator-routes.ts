import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Asked } from '../../domain/audit/asked.ts';
import { checkNames, parametersOf } from '../../domain/parameters.ts';
import { requireScope } from '../../domain/viewer.ts';
import { clientLeft } from '../../http/client-left.ts';
import type { Admit } from '../../http/limits/rate-limits.ts';
import { type RequestRecord, recordOf } from '../../http/request-log/request-record.ts';
import { uploadedText } from '../import/upload.ts';
import { checkJson, MAX_BODY_BYTES } from './json-body.ts';

/** An administrator's request. */
interface Administration {
  /** The body, as text. */
  readonly body: string;
  /** The name of the administrator's token. */
  readonly by: string;
  /** Takes what is changed, for the audit log. */
  readonly asked: Asked;
  /** Takes how much is changed. */
  readonly record: RequestRecord;
  /** Aborted when the client leaves. */
  readonly signal: AbortSignal;
}

/** Adds routes for the scope `admin`. */
interface AdministratorRoutes {
  /** Serves `GET`. */
  reads(url: string, read: () => Promise<object>): void;
  /** Serves `POST` of JSON, which is answered with this status. */
  changes(url: string, status: number, change: (administration: Administration) => Promise<object>): void;
}

/**
 * Returns what adds routes for administrators: the scope `admin`, no parameters, and answers that nobody keeps. `timeoutMs`: milliseconds
 * without a byte of a body after which a request is aborted.
 */
export function administratorRoutes(app: FastifyInstance, admit: Admit, timeoutMs: number): AdministratorRoutes {
  const admitAdministrator = async (request: FastifyRequest, reply: FastifyReply) => {
    reply.header('cache-control', 'no-store');
    const { viewer } = await admit(request, reply);
    requireScope(viewer, 'admin');
    checkNames(parametersOf(request), []);
    return viewer.name;
  };
  return {
    reads(url, read) {
      app.get(url, async (request, reply) => {
        await admitAdministrator(request, reply);
        return await read();
      });
    },
    changes(url, status, change) {
      const admitted = new WeakMap<FastifyRequest, Pick<Administration, 'by' | 'signal'>>();
      // Runs before Fastify reads Content-Type, so that whoever is no administrator hears that first.
      const onRequest = async (request: FastifyRequest, reply: FastifyReply) => {
        const signal = clientLeft(request, reply);
        admitted.set(request, { by: await admitAdministrator(request, reply), signal });
        checkJson(request.headers);
      };
      app.post(url, { onRequest }, async (request, reply) => {
        const body = await uploadedText(request.raw, { maxBytes: MAX_BODY_BYTES, timeoutMs });
        const administration = admitted.get(request) as Pick<Administration, 'by' | 'signal'>;
        const asked = new Asked();
        const record = recordOf(request);
        record.audit.asked = asked;
        const changed = await change({ ...administration, body, asked, record });
        reply.code(status);
        return changed;
      });
    },
  };
}
