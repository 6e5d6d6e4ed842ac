import { REVOKE_PATH, ROTATE_PATH, TOKENS_PATH } from '../../domain/paths.ts';
import { POST_FAILURES, post } from './administration.ts';
import { apiResponse, failures, jsonContent } from './responses.ts';
import { CURL, sample } from './samples.ts';
import { arraySchema, objectSchema, refSchema, type Schema, textSchema } from './schema.ts';

const moment = (description: string): Schema => ({ type: ['string', 'null'], format: 'date-time', description });

/** What is told of a token. */
const MEMBERS: Readonly<Record<string, Schema>> = {
  name: textSchema('Its name, which the log has.'),
  scopes: arraySchema(refSchema('Scope'), 'What it may do.'),
  departments: arraySchema({ type: 'string' }, 'Departments whose rows it sees.'),
  jobs: arraySchema({ type: 'string', format: 'uuid' }, 'Jobs whose rows it sees; all rows, if it has neither.'),
  rate: { type: ['string', 'null'], description: 'Its own rate, such as 60/min; null: the usual limits.' },
  state: textSchema('Whether it is in use, in words.'),
  createdAt: { type: 'string', format: 'date-time' },
  expiresAt: moment('When it ends; null: never.'),
  replacedAt: moment('When another one took its place.'),
  revokedAt: moment('When it was revoked.'),
  usedAt: moment('When it was last used, to ten minutes; null: never.'),
};

const SECRET = { token: textSchema('The token. It is not stored, so this is the only time that it is shown.') };

export const TOKEN_SCHEMAS: Schema = {
  Token: objectSchema(MEMBERS, 'A token, without the token itself.'),
  IssuedToken: objectSchema(
    {
      ...SECRET,
      ...MEMBERS,
      unknown: arraySchema(
        { type: 'string' },
        'Its departments and jobs that no stored job has: misspelled, or still to come. It sees nothing of them.',
      ),
    },
    'A token just issued.',
  ),
  RotatedToken: objectSchema(
    { ...SECRET, ...MEMBERS, formerEndsAt: { type: 'string', format: 'date-time' } },
    'A token that took the place of another one; formerEndsAt: until when that is still accepted.',
  ),
};

const name = textSchema('1 to 100 printable characters.');
const expires = textSchema('When it ends: 90d, 12h, 2027-01-31 or 2027-01-31T12:00:00Z.');

export const TOKEN_PATHS: Schema = {
  [TOKENS_PATH]: {
    get: {
      operationId: 'listTokens',
      tags: ['Tokens'],
      summary: 'All tokens ever created',
      description: 'Needs the scope admin.',
      ...sample(`${CURL} "$URL${TOKENS_PATH}"`),
      responses: {
        200: apiResponse(
          'The tokens, oldest first.',
          jsonContent(objectSchema({ tokens: arraySchema(refSchema('Token')) })),
        ),
        ...failures(),
      },
    },
    post: post(
      'Tokens',
      'createToken',
      'Create a token',
      `"$URL${TOKENS_PATH}" -d '{"name": "dashboard", "scopes": ["read"], "expires": "90d"}'`,
      objectSchema({ name }, undefined, {
        scopes: arraySchema(refSchema('Scope'), 'By default read and personal.'),
        expires,
        departments: arraySchema({ type: 'string' }, 'It sees rows of these departments only.'),
        jobs: arraySchema(
          { type: 'string', format: 'uuid' },
          'It sees rows of these jobs only, or of the departments.',
        ),
        rate: textSchema('Its own rate, 60/min, instead of that per second.'),
      }),
      {
        201: apiResponse('The token.', jsonContent(refSchema('IssuedToken'))),
        ...failures(['CONFLICT', ...POST_FAILURES]),
      },
    ),
  },
  [ROTATE_PATH]: {
    post: post(
      'Tokens',
      'rotateToken',
      'Replace a token by a new one of the same name',
      `"$URL${ROTATE_PATH}" -d '{"name": "dashboard", "overlap": "24h"}'`,
      objectSchema({ name }, undefined, {
        overlap: textSchema('For how long the old one is still accepted: 24h by default, at most 90d.'),
        expires,
      }),
      {
        201: apiResponse('The new token.', jsonContent(refSchema('RotatedToken'))),
        ...failures(['NOT_FOUND', ...POST_FAILURES]),
      },
    ),
  },
  [REVOKE_PATH]: {
    post: post(
      'Tokens',
      'revokeToken',
      'Revoke a token, with those that it replaced',
      `"$URL${REVOKE_PATH}" -d '{"name": "dashboard"}'`,
      objectSchema({ name }),
      {
        200: apiResponse(
          'It is refused from now on, everywhere within a second.',
          jsonContent(objectSchema({ name, revoked: { const: true } })),
        ),
        ...failures(['NOT_FOUND', ...POST_FAILURES]),
      },
    ),
  },
};
