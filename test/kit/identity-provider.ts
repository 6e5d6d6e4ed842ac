import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline, Readable } from 'node:stream';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';

/** What the tests' service is called at the provider. */
export const AUDIENCE = 'interviews';

/** An OpenID provider on this machine, with keys of its own. */
export interface Provider {
  readonly issuer: string;
  /** The settings that make a service take its tokens. */
  readonly settings: Record<string, string>;
  /** What it was asked for: paths, in their order. */
  readonly asked: string[];
  /** What it answers instead: a status without a body, a body, or the pieces of one. Null: what is right. */
  answer: ((path: string) => number | object | Iterable<string> | null) | null;
  /** A token that is right, but for the claims, header and key given; undefined leaves a claim out. */
  token(claims?: JWTPayload, signed?: { header?: Partial<JWTHeaderParameters>; key?: CryptoKey }): Promise<string>;
  /** Signs by another key from now on, and no longer knows the one before. */
  rotate(): Promise<void>;
  /** The public key in use, and its name. */
  publicKey(): CryptoKey;
  kid(): string;
  /** Is away, until it is started again at the same place. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

export async function startProvider(): Promise<Provider> {
  const asked: string[] = [];
  let number = 0;
  let pair = await generateKeyPair('RS256', { extractable: true });
  let keys: object[] = [];
  const publish = async () => {
    number += 1;
    keys = [{ ...(await exportJWK(pair.publicKey)), kid: `key-${number}`, alg: 'RS256', use: 'sig' }];
  };
  await publish();
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const right: Record<string, object> = {
      '/realm/.well-known/openid-configuration': { issuer: provider.issuer, jwks_uri: `${provider.issuer}/keys` },
      '/realm/keys': { keys },
    };
    const answer = provider.answer?.(path) ?? right[path] ?? 404;
    if (typeof answer === 'number') response.writeHead(answer).end();
    else if (isPieces(answer)) pipeline(Readable.from(answer), response, () => {});
    else response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  const listen = async (port: number) => await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}/realm`;
  const provider: Provider = {
    issuer,
    settings: { JWT_ISSUER: issuer, JWT_AUDIENCE: AUDIENCE },
    asked,
    answer: null,
    async token(claims = {}, { header = {}, key = pair.privateKey } = {}) {
      const now = Math.floor(Date.now() / 1000);
      const right = { iss: issuer, aud: AUDIENCE, sub: 'ann', exp: now + 600, iat: now, scope: 'interviews:read' };
      return await new SignJWT({ ...right, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid: provider.kid(), ...header })
        .sign(key);
    },
    async rotate() {
      pair = await generateKeyPair('RS256', { extractable: true });
      await publish();
    },
    publicKey: () => pair.publicKey,
    kid: () => `key-${number}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
    start: () => listen(port),
  };
  return provider;
}

const isPieces = (answer: object): answer is Iterable<string> => Symbol.iterator in answer;
