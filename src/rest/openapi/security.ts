/** How requests authenticate. */
import type { Schema } from './schema.ts';

export const SECURITY_SCHEMES: Schema = {
  SmartToken: { type: 'apiKey', in: 'header', name: 'X-SmartToken' },
  Bearer: { type: 'http', scheme: 'bearer' },
  Basic: {
    type: 'http',
    scheme: 'basic',
    description:
      'For programs that keep passwords, such as Excel and Tableau: the password is the token, the user name may be anything. Refused from pages of other sites.',
  },
};

/** Every route with a token. */
export const SECURITY = [{ SmartToken: [] }, { Bearer: [] }];

/** A route that takes the token as a password, too (src/http/basic.ts). */
export const SECURITY_WITH_BASIC = [...SECURITY, { Basic: [] }];
