import type { FastifyInstance } from 'fastify';
import type { Page } from './page.ts';

/** `GET` and `HEAD` of pages by their paths, without a token. */
export function pageRoutes(app: FastifyInstance, pages: Readonly<Record<string, Page>>): void {
  for (const [url, { html, headers }] of Object.entries(pages))
    app.route({ method: ['GET', 'HEAD'], url, handler: (_request, reply) => reply.headers(headers).send(html) });
}
