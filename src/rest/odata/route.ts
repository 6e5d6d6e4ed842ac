import type { FastifyInstance } from 'fastify';
import { parametersOf } from '../../domain/parameters.ts';
import { ODATA_PATH } from '../../domain/paths.ts';
import { requireScope } from '../../domain/viewer.ts';
import { clientLeft } from '../../http/client-left.ts';
import { ODATA_VERSION, VARY } from '../../http/headers.ts';
import type { Admit } from '../../http/limits/rate-limits.ts';
import { pathOf } from '../../http/request-target.ts';
import { serviceUrl } from '../../http/service-url.ts';
import { type Exchange, formOf, sendDocument } from './exchange.ts';
import { checkProtocol } from './headers.ts';
import { jsonContentType } from './media-type.ts';
import { metadataDocument } from './metadata.ts';
import { type GroupSource, sendGroup, sendGroupCount, sendGroups } from './metrics/send-groups.ts';
import { optionsOf } from './options.ts';
import { readResourcePath } from './resource-path.ts';
import { type RowSource, sendRow, sendRowCount, sendRows } from './rows/send-rows.ts';
import { serviceDocument } from './service-document.ts';

/** Serves `GET` and `HEAD` of OData (docs/odata.md): what there is to read, its rows and metrics. */
export function odataRoute(app: FastifyInstance, admit: Admit, source: RowSource & GroupSource): void {
  const metadata = Buffer.from(metadataDocument());
  for (const url of [ODATA_PATH, `${ODATA_PATH}/*`])
    app.route({
      method: ['GET', 'HEAD'],
      url,
      config: { basic: 'requested' },
      handler: async (request, reply) => {
        const signal = clientLeft(request, reply);
        reply.header('odata-version', ODATA_VERSION);
        const { viewer } = await admit(request, reply);
        requireScope(viewer, 'read');
        checkProtocol(request);
        const resource = readResourcePath(decodeURIComponent(pathOf(request).slice(ODATA_PATH.length + 1)));
        const parameters = parametersOf(request);
        const root = `${serviceUrl(request)}${ODATA_PATH.slice(1)}/`;
        const exchange: Exchange = { request, reply, viewer, signal, parameters, root };
        reply.header('vary', `${VARY}, Prefer`).header('cache-control', 'private, no-cache');
        switch (resource.of) {
          case 'service': {
            const form = formOf('json', exchange, optionsOf(parameters, ['$format']));
            const body = Buffer.from(JSON.stringify(serviceDocument(form.hasContext ? root : null)));
            return sendDocument(exchange, jsonContentType(form), body);
          }
          case 'metadata':
            formOf('xml', exchange, optionsOf(parameters, ['$format']));
            return sendDocument(exchange, 'application/xml; charset=utf-8', metadata);
          case 'rows': {
            const { set } = resource;
            return 'groupBy' in set ? sendGroups(exchange, source, set) : sendRows(exchange, source, set);
          }
          case 'row': {
            const { set, key } = resource;
            return 'groupBy' in set ? sendGroup(exchange, source, set, key) : sendRow(exchange, source, set, key);
          }
          default: {
            const { set } = resource;
            return 'groupBy' in set ? sendGroupCount(exchange, source, set) : sendRowCount(exchange, source, set);
          }
        }
      },
    });
}
