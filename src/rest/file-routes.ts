import { hash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { encoded, negotiatedCoding } from './compression.ts';
import { matches } from './entity-tag.ts';

/** A file that is the same for everybody. */
interface PublicFile {
  readonly name: string;
  readonly contentType: string;
  bytes(): Promise<Buffer>;
}

/** `GET` and `HEAD` of files in a folder, as `/graphql/files`, without a token. A browser keeps them, and asks whether they are still the same. */
export function fileRoutes(app: FastifyInstance, folder: string, files: readonly PublicFile[]): void {
  for (const file of files) {
    let content: Promise<{ bytes: Buffer; digest: string }> | undefined;
    app.route({
      method: ['GET', 'HEAD'],
      url: `${folder}/${file.name}`,
      handler: async (request, reply) => {
        content ??= file.bytes().then((bytes) => ({ bytes, digest: hash('sha256', bytes, 'base64url').slice(0, 27) }));
        const { bytes, digest } = await content;
        const coding = negotiatedCoding(request.headers['accept-encoding']);
        const tag = coding ? `W/"${digest}-${coding.name}"` : `"${digest}"`;
        reply.header('vary', 'Accept-Encoding').header('cache-control', 'public, no-cache').header('etag', tag);
        if (matches(request.headers['if-none-match'], tag)) return reply.code(304).send();
        reply
          .header('content-type', file.contentType)
          .header('x-content-type-options', 'nosniff')
          // For workers, which have a policy of their own, and for whoever opens a file by itself.
          .header('content-security-policy', "default-src 'none'");
        if (coding) reply.header('content-encoding', coding.name);
        else reply.header('content-length', bytes.length);
        return request.method === 'HEAD' ? reply.send() : reply.send(encoded(once(bytes), coding));
      },
    });
  }
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
