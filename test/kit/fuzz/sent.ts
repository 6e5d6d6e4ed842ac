import type { Ending } from '../raw-http.ts';

/** What is sent on one connection. */
export interface Sent {
  readonly kind: string;
  readonly pieces: readonly Buffer[];
  readonly ending: Ending;
  /** The methods of the requests where all of them are well-formed. Then as many answers must come, but to a client that leaves. */
  readonly methods?: readonly string[];
  /** A body may still be under way when the answer has been sent, whose end the client then may not see. */
  readonly mayReset?: boolean;
}

/** Tokens by what they may do. */
export interface Tokens {
  readonly reader: string;
  readonly writer: string;
  readonly admin: string;
}

/** The path of the extract. */
export const PATH = '/analytics/interviews';

export const CLOSE = 'Connection: close\r\n';

export const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
