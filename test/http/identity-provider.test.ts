/** Tokens of an identity provider: which are taken, what the others are told, and what happens while it is away. */
import { createHmac } from 'node:crypto';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { ask } from '../kit/graphql.ts';
import { AUDIENCE, type Provider, startProvider } from '../kit/identity-provider.ts';
import { memoryLog } from '../kit/memory-log.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';

const PATH = '/analytics/interviews?limit=1';
const now = () => Math.floor(Date.now() / 1000);

let provider: Provider;
let service: Service;
beforeAll(async () => {
  provider = await startProvider();
  service = await startService(provider.settings);
});
afterAll(async () => {
  await service?.stop();
  await provider?.stop();
});

const bearer = (token: string) => ({ headers: { 'x-smarttoken': '', authorization: `Bearer ${token}` } });
const send = (token: string, to = service): Promise<Response> => to.get(PATH, bearer(token));

/** What the service says of a token. */
async function said(token: string, to = service): Promise<[status: number, code: string, message: string]> {
  const response = await send(token, to);
  const { errors, message } = (await response.json()) as { errors: [{ code: string }]; message: string };
  return [response.status, errors[0].code, message];
}

const viewer = async (token: string, to = service) =>
  (await ask(to, '{ viewer { name scopes } }', {}, bearer(token).headers)).data?.viewer;

describe('a token of the identity provider', () => {
  test('is taken at both APIs, as Authorization: Bearer and as X-SmartToken', async () => {
    const token = await provider.token();
    expect((await send(token)).status).toBe(200);
    expect((await service.get(PATH, { headers: { 'x-smarttoken': token } })).status).toBe(200);
    expect(await viewer(token)).toEqual({ name: 'ann', scopes: ['READ'] });
  });

  test.each([
    [{ scope: 'openid interviews:read interviews:personal' }, ['READ', 'PERSONAL']],
    [{ scope: undefined, scp: ['interviews:write', 'interviews:read'] }, ['READ', 'WRITE']],
    [{ scope: undefined, scp: 'interviews:read email' }, ['READ']],
    [{ scope: 'openid', permissions: ['interviews:read', 'interviews:admin', 7] }, ['READ', 'ADMIN']],
    [{ scope: 'interviews:read', permissions: ['interviews:personal'] }, ['READ', 'PERSONAL']],
    [{ aud: ['other', AUDIENCE] }, ['READ']],
    [{ exp: now() - 10 }, ['READ']],
    [{ nbf: now() + 10 }, ['READ']],
  ])('with %j has the scopes %j', async (claims, scopes) => {
    expect(await viewer(await provider.token(claims))).toEqual({ name: 'ann', scopes });
  });

  test.each([
    ['none', {}],
    ['none of ours', { scope: 'openid profile' }],
    ['bare names', { scope: 'read personal admin', permissions: ['admin'] }],
    ['names of another case', { scope: 'Interviews:read interviews:READ' }],
    ['an object for scopes', { scope: { 'interviews:read': true } }],
  ])('with %s has no scope, and is refused', async (_what, claims) => {
    const token = await provider.token({ scope: undefined, ...claims });
    const response = await send(token);
    expect(response.headers.get('www-authenticate')).toBe(
      'Bearer realm="interviews", error="insufficient_scope", error_description="This requires the scope read; the token has none."',
    );
    expect(await said(token)).toEqual([403, 'FORBIDDEN', 'This requires the scope read; the token has none.']);
  });

  test('sees only what its scopes allow', async () => {
    const query = '{ interviewers { nodes { name } } }';
    const reader = bearer(await provider.token()).headers;
    expect((await ask(service, query, {}, reader)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    const personal = bearer(await provider.token({ scope: 'interviews:read interviews:personal' })).headers;
    expect((await ask(service, query, {}, personal)).errors).toBeUndefined();
  });
});

describe('a token is refused that', () => {
  const cases: [what: string, message: string, token: () => Promise<string>][] = [
    ['has expired', 'The token has expired.', () => provider.token({ exp: now() - 60 })],
    ['is not valid yet', 'The token is not valid yet.', () => provider.token({ nbf: now() + 60 })],
    ['never expires', 'The token has no exp claim.', () => provider.token({ exp: undefined })],
    ['expires some day', 'The token’s exp claim is invalid.', () => provider.token({ exp: 'soon' as never })],
    [
      'is for another audience',
      'The token isn’t intended for this service (claim aud).',
      () => provider.token({ aud: 'payroll' }),
    ],
    ['is for nobody', 'The token has no aud claim.', () => provider.token({ aud: undefined })],
    [
      'comes from another issuer',
      'The token’s issuer isn’t trusted by this service.',
      () => provider.token({ iss: 'https://elsewhere.example.org' }),
    ],
    [
      'has the issuer with another slash',
      'The token’s issuer isn’t trusted by this service.',
      () => provider.token({ iss: `${provider.issuer}/` }),
    ],
    ['is nobody’s', 'The token has no sub claim.', () => provider.token({ sub: undefined })],
    ['is anybody’s', 'The token’s sub claim is invalid.', () => provider.token({ sub: '' })],
    [
      'is signed by another key under the name of the right one',
      'The token’s signature is invalid.',
      async () => provider.token({}, { key: (await generateKeyPair('RS256')).privateKey }),
    ],
    [
      'is signed by a key of another name',
      'The token is signed with a key that the identity provider doesn’t have.',
      () => provider.token({}, { header: { kid: 'another' } }),
    ],
    [
      'was changed after it was signed',
      'The token’s signature is invalid.',
      async () => {
        const [header, , signature] = (await provider.token()).split('.');
        const [, payload] = (await provider.token({ scope: 'interviews:admin' })).split('.');
        return [header, payload, signature].join('.');
      },
    ],
    [
      'is cut off',
      'The token is not a well-formed JWT.',
      async () => (await provider.token()).split('.').slice(0, 2).join('.'),
    ],
    ['has a header of garbage', 'The token is not a well-formed JWT.', async () => 'eyJub3Q.eyJqc29u.x'],
    [
      'is encrypted',
      'The token is not a well-formed JWT.',
      async () => 'eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.a.b.c.d',
    ],
    ['is no JWT', 'The token is unknown or was revoked.', async () => 'garbage'],
  ];
  test.each(cases)('%s', async (_what, message, token) => {
    const sent = await token();
    const response = await send(sent);
    expect(response.headers.get('www-authenticate')).toBe(
      `Bearer realm="interviews", error="invalid_token", error_description="${message.replaceAll('’', "'")}"`,
    );
    const body = await response.text();
    expect([response.status, JSON.parse(body)]).toEqual([
      401,
      { message, errors: [{ code: 'NOT_AUTHENTICATED', message }] },
    ]);
    for (const secret of [provider.issuer, 'payroll', ...sent.split('.').filter((part) => part.length > 8)])
      expect(body).not.toContain(secret);
  });

  test.each([
    ['is not signed', 'none', async () => ''],
    [
      'is signed with the public key as if it were a password',
      'HS256',
      async (content: string) => {
        const password = new TextEncoder().encode(await exportSPKI(provider.publicKey()));
        return createHmac('sha256', password).update(content).digest('base64url');
      },
    ],
  ])('%s', async (_what, alg, sign) => {
    const [, payload] = (await provider.token()).split('.');
    const header = Buffer.from(JSON.stringify({ alg, kid: provider.kid() })).toString('base64url');
    const content = `${header}.${payload}`;
    expect(await said(`${content}.${await sign(content)}`)).toEqual([
      401,
      'NOT_AUTHENTICATED',
      expect.stringMatching(/^The token is not signed with an accepted algorithm; accepted are RS256, /),
    ]);
  });

  test('brings a key of its own, which nobody looks at', async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
    const jwk = await exportJWK(publicKey);
    const before = provider.asked.length;
    for (const header of [{ jwk }, { jku: `${provider.issuer}/evil` }, { x5u: `${provider.issuer}/evil` }])
      expect(await said(await provider.token({}, { header, key: privateKey }))).toEqual([
        401,
        'NOT_AUTHENTICATED',
        'The token’s signature is invalid.',
      ]);
    expect(provider.asked.length).toBe(before);
  });

  test('and without any token there is no error to tell', async () => {
    const response = await service.get(PATH, { headers: { 'x-smarttoken': '' } });
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="interviews"']);
  });
});

describe('requests are counted', () => {
  test('for each subject by itself, and apart from our token of that name', async () => {
    const limited = await service.another({
      ...provider.settings,
      RATE_LIMIT_CONCURRENT: '0',
      RATE_LIMIT_PER_SECOND: '100',
    });
    try {
      const ours = await createToken(limited.db.prisma, 'ann', ['read']);
      const left = async (token: string) => Number((await send(token, limited)).headers.get('x-ratelimit-remaining'));
      await expect
        .poll(async () => {
          const ann = await provider.token();
          return [await left(ann), await left(ann), await left(ours), await left(await provider.token({ sub: 'bob' }))];
        })
        .toEqual([99, 98, 99, 99]);
    } finally {
      await limited.stop();
    }
  });
});

describe('the keys of the provider', () => {
  const keyFetches = () => provider.asked.filter((path) => path === '/realm/keys').length;

  test('are fetched once for many requests, and not for tokens that no key could save', async () => {
    const other = await service.another(provider.settings);
    try {
      const before = keyFetches();
      expect((await send('eyJhbGciOiJub25lIn0.e30.', other)).status).toBe(401);
      expect(keyFetches()).toBe(before);
      const tokens = await Promise.all(Array.from({ length: 5 }, () => provider.token()));
      const answers = await Promise.all(tokens.map((token) => send(token, other)));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
      expect(keyFetches()).toBe(before + 1);
      // Within the time between two fetches a made-up key costs the provider nothing.
      for (const kid of ['a', 'b', 'c'])
        expect((await send(await provider.token({}, { header: { kid } }), other)).status).toBe(401);
      expect(keyFetches()).toBe(before + 1);
    } finally {
      await other.stop();
    }
  });

  test('change: a new one is known half a minute after the last look at the latest, and the old one no longer', async () => {
    const other = await service.another(provider.settings);
    try {
      const old = await provider.token();
      expect((await send(old, other)).status).toBe(200);
      await provider.rotate();
      const unknown = [
        401,
        'NOT_AUTHENTICATED',
        'The token is signed with a key that the identity provider doesn’t have.',
      ];
      expect(await said(await provider.token(), other)).toEqual(unknown);
      vi.useFakeTimers({ now: Date.now() + 31_000, toFake: ['Date'] });
      expect((await send(await provider.token(), other)).status).toBe(200);
      expect(await said(old, other)).toEqual(unknown);
    } finally {
      vi.useRealTimers();
      await other.stop();
    }
  });

  test('are looked at anew where the clock was set back, and not only once it is as late again', async () => {
    const other = await service.another(provider.settings);
    try {
      expect((await send(await provider.token(), other)).status).toBe(200);
      await provider.rotate();
      vi.useFakeTimers({ now: Date.now() - 7_200_000, toFake: ['Date'] });
      expect((await send(await provider.token(), other)).status).toBe(200);
    } finally {
      vi.useRealTimers();
      await other.stop();
    }
  });

  test('may be where JWT_JWKS_URL says, and the issuer then needs no page of its own', async () => {
    const issuer = 'https://issuer.example.org/';
    const other = await service.another({
      JWT_ISSUER: issuer,
      JWT_AUDIENCE: AUDIENCE,
      JWT_JWKS_URL: `${provider.issuer}/keys`,
      JWT_SCOPE_PREFIX: 'none',
    });
    try {
      expect(await viewer(await provider.token({ iss: issuer, scope: 'read personal' }), other)).toEqual({
        name: 'ann',
        scopes: ['READ', 'PERSONAL'],
      });
      expect((await send(await provider.token({ iss: issuer, scope: 'interviews:read' }), other)).status).toBe(403);
    } finally {
      await other.stop();
    }
  });

  test('of elliptic curves do as well', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    const other = await service.another(provider.settings);
    provider.answer = withKey(await exportJWK(publicKey));
    try {
      const token = await new SignJWT({ scope: 'interviews:read' })
        .setProtectedHeader({ alg: 'ES256' })
        .setIssuer(provider.issuer)
        .setAudience(AUDIENCE)
        .setSubject('ann')
        .setExpirationTime('1m')
        .sign(privateKey);
      expect((await send(token, other)).status).toBe(200);
    } finally {
      provider.answer = null;
      await other.stop();
    }
  });
});

const withKey = (key: object) => (path: string) => (path === '/realm/keys' ? { keys: [key] } : null);

describe('while the provider is away', () => {
  const AWAY = [
    503,
    'IDENTITY_PROVIDER_UNAVAILABLE',
    'The identity provider’s keys are not available at the moment, so its tokens can’t be checked. Try again shortly.',
  ];

  test('its tokens are answered with 503, ours work on, and it is asked again when it is back', async () => {
    const other = await service.another(provider.settings);
    const ours = await createToken(other.db.prisma, 'reader', ['read']);
    await provider.stop();
    try {
      const token = await provider.token();
      const response = await send(token, other);
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
      expect(await said(token, other)).toEqual(AWAY);
      expect((await other.get(PATH, { headers: { 'x-smarttoken': ours } })).status).toBe(200);
      expect((await other.get(PATH, { headers: { 'x-smarttoken': ADMIN_TOKEN } })).status).toBe(200);
    } finally {
      await provider.start();
    }
    try {
      await expect.poll(async () => (await send(await provider.token(), other)).status, { timeout: 10_000 }).toBe(200);
      // What was fetched is kept.
      await provider.stop();
      expect((await send(await provider.token(), other)).status).toBe(200);
    } finally {
      await provider.start();
      await other.stop();
    }
  });

  test.each([
    ['has no page that tells of its keys', (path: string) => (path.includes('well-known') ? 404 : null)],
    [
      'calls itself something else',
      () => ({ issuer: 'https://elsewhere.example.org', jwks_uri: 'http://127.0.0.1:1/' }),
    ],
    [
      'names no place of its keys',
      (path: string) => (path.includes('well-known') ? { issuer: provider.issuer } : null),
    ],
    ['sends its keys elsewhere', (path: string) => (path === '/realm/keys' ? 302 : null)],
    ['has no list of keys', (path: string) => (path === '/realm/keys' ? { oops: true } : null)],
    [
      'has a key that is none',
      (path: string) =>
        path === '/realm/keys'
          ? { keys: [{ kty: 'RSA', kid: provider.kid(), alg: 'RS256', n: 'AQAB', e: 'AQAB' }] }
          : null,
    ],
  ])('so it is, too, where it %s', async (_what, answer) => {
    const other = await service.another(provider.settings);
    provider.answer = answer;
    try {
      expect(await said(await provider.token(), other)).toEqual(AWAY);
    } finally {
      provider.answer = null;
      await other.stop();
    }
  });

  test.each([
    '/realm/keys',
    '/realm/.well-known/openid-configuration',
  ])('so it is, too, where its answer at %s has no end, of which no more than 1 MiB is read', async (endless) => {
    const { log, lines } = memoryLog();
    const other = await service.another(provider.settings, log);
    let sent = 0;
    let ended = false;
    provider.answer = (path) => (path === endless ? blanks() : null);
    function* blanks() {
      try {
        for (;;) {
          sent += 1 << 16;
          yield ' '.repeat(1 << 16);
        }
      } finally {
        ended = true;
      }
    }
    try {
      expect(await said(await provider.token(), other)).toEqual(AWAY);
      const reason = expect.stringMatching(`${endless} answered with more than 1048576 bytes`);
      expect(lines()).toContainEqual(expect.objectContaining({ reason }));
      // It is the connection that ends it; what stands in the sockets between is sent all the same.
      await expect.poll(() => ended).toBe(true);
      expect(sent).toBeLessThan(16 << 20);
    } finally {
      provider.answer = null;
      await other.stop();
    }
  });

  test('the log says why in one line, and again after a minute, with how many tokens were refused', async () => {
    const { log, text, lines } = memoryLog();
    const other = await service.another(provider.settings, log);
    const told = () => lines().filter(({ level }) => Number(level) >= 40);
    const line = (refused: number) => ({
      refused,
      reason: expect.stringMatching(/fetch failed: .*ECONNREFUSED/),
      msg: 'the identity provider’s keys are not available: its tokens are refused',
    });
    await provider.stop();
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const token = await provider.token();
      for (let round = 0; round < 5; round++) expect(await said(token, other)).toEqual(AWAY);
      expect(told()).toMatchObject([line(1)]);
      vi.advanceTimersByTime(60_000);
      expect(await said(token, other)).toEqual(AWAY);
      expect(told()).toMatchObject([line(1), line(5)]);
      expect(text()).not.toContain('"stack"');
      expect(text()).not.toContain(token.split('.')[2]);
    } finally {
      vi.useRealTimers();
      await provider.start();
      await other.stop();
    }
  });

  test('it is asked no more than once in two seconds', async () => {
    const other = await service.another(provider.settings);
    provider.answer = () => 500;
    try {
      const before = provider.asked.length;
      for (let round = 0; round < 5; round++) expect(await said(await provider.token(), other)).toEqual(AWAY);
      expect(provider.asked.length).toBe(before + 1);
    } finally {
      provider.answer = null;
      await other.stop();
    }
  });
});

test('without JWT_ISSUER a JWT is a token that nobody knows', async () => {
  const other = await service.another();
  try {
    expect(await said(await provider.token(), other)).toEqual([
      401,
      'NOT_AUTHENTICATED',
      'The token is unknown or was revoked.',
    ]);
  } finally {
    await other.stop();
  }
});

describe('the settings of the identity provider are refused', () => {
  const issuer = { JWT_ISSUER: 'https://id.example.org/realms/hiring' };
  test.each<[string, Record<string, string>, string[]]>([
    ['without an audience', issuer, ['JWT_AUDIENCE: is missing, but JWT_ISSUER requires it']],
    ['without an issuer', { JWT_AUDIENCE: AUDIENCE }, ['JWT_ISSUER: is missing, but JWT_AUDIENCE requires it']],
    [
      'with keys alone',
      { JWT_JWKS_URL: 'https://id.example.org/keys' },
      ['JWT_ISSUER: is missing, but JWT_JWKS_URL requires it'],
    ],
    [
      'with addresses that are none',
      { JWT_ISSUER: 'id.example.org', JWT_AUDIENCE: AUDIENCE, JWT_JWKS_URL: 'https://id.example.org/#keys' },
      [
        'JWT_ISSUER: "id.example.org" must look like https://id.example.org/path',
        'JWT_JWKS_URL: "https://id.example.org/#keys" must look like https://id.example.org/path',
      ],
    ],
    [
      'with an issuer that anybody on the way could stand in for',
      { JWT_ISSUER: 'http://id.example.org', JWT_AUDIENCE: AUDIENCE },
      [
        'JWT_ISSUER: "http://id.example.org" must begin with https://, since the keys are fetched from there; or set JWT_JWKS_URL',
      ],
    ],
    [
      'with a prefix of blanks',
      { ...issuer, JWT_AUDIENCE: AUDIENCE, JWT_SCOPE_PREFIX: 'our scopes:' },
      ['JWT_SCOPE_PREFIX: "our scopes:" must be printable ASCII characters without spaces'],
    ],
  ])('%s, each fault by its name', (_what, settings, faults) => {
    expect(() => readConfig(settings)).toThrow(
      `${faults.length} invalid setting${faults.length === 1 ? '' : 's'} in the environment or .env:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    );
  });

  test('and taken where they are whole', () => {
    const local = { JWT_ISSUER: 'http://localhost:8080/realms/hiring', JWT_AUDIENCE: AUDIENCE };
    for (const settings of [
      { ...issuer, JWT_AUDIENCE: AUDIENCE },
      local,
      { JWT_ISSUER: 'http://keycloak:8080', JWT_AUDIENCE: AUDIENCE, JWT_JWKS_URL: 'http://keycloak:8080/keys?p=1' },
    ])
      expect(readConfig(settings).identityProvider?.issuer).toBe(settings.JWT_ISSUER);
    expect(readConfig({}).identityProvider).toBeNull();
  });
});
