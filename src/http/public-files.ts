import { hash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { encoded, negotiatedCoding } from './compression.ts';
import { matches } from './entity-tag.ts';
import { rootAt, rootOf } from './request-target.ts';

/** Content that is the same for every client. */
interface PublicOptions {
  readonly headers: Readonly<Record<string, string>>;
  /** Returns the content for a URL from which the service is at `root` (./request-target.ts). */
  bytes(root: string): Promise<Buffer>;
}

/** A file that is the same for every client. */
interface PublicFile {
  readonly name: string;
  readonly contentType: string;
  bytes(): Promise<Buffer>;
}

/** Serves `GET` and `HEAD` of public content: without a token, compressed. Browsers cache it and revalidate it. */
export function publicRoute(app: FastifyInstance, url: string, { headers, bytes: read }: PublicOptions): void {
  const contentAt = async (root: string) => {
    const bytes = await read(root);
    return { bytes, digest: digestOf(headers, bytes) };
  };
  const ownRoot = rootAt(url);
  let content: ReturnType<typeof contentAt> | undefined;
  app.route({
    method: ['GET', 'HEAD'],
    url,
    handler: async (request, reply) => {
      const root = rootOf(request.raw);
      content ??= contentAt(ownRoot);
      const { bytes, digest } = await (root === ownRoot ? content : contentAt(root));
      const coding = negotiatedCoding(request.headers['accept-encoding']);
      const tag = coding ? `W/"${digest}-${coding.name}"` : `"${digest}"`;
      reply.header('vary', 'Accept-Encoding').header('cache-control', 'public, no-cache').header('etag', tag);
      if (matches(request.headers['if-none-match'], tag)) return reply.code(304).send();
      reply.headers(headers);
      if (coding) reply.header('content-encoding', coding.name);
      else reply.header('content-length', bytes.length);
      return request.method === 'HEAD' ? reply.send() : reply.send(encoded(memoizedContent(bytes), coding));
    },
  });
}

/** The digest includes the headers: a browser keeps using those that it has cached. */
const digestOf = (headers: PublicOptions['headers'], bytes: Buffer): string =>
  hash('sha256', Buffer.concat([Buffer.from(JSON.stringify(headers)), bytes]), 'base64url').slice(0, 27);

/** Serves the files of a folder, such as `/graphql/files`. */
export function fileRoutes(app: FastifyInstance, folder: string, files: readonly PublicFile[]): void {
  for (const { name, contentType, bytes } of files)
    publicRoute(app, `${folder}/${name}`, {
      headers: {
        'content-type': contentType,
        // For workers, which have a policy of their own, and for files that are opened directly.
        'content-security-policy': "default-src 'none'",
      },
      bytes,
    });
}

async function* memoizedContent(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
