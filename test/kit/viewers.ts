import { SCOPES, type Viewer } from '../../src/domain/viewer.ts';
import type { FindViewer } from '../../src/http/authenticate.ts';

/** Returns what finds viewers by their tokens, in the place of those of the database. Unless stated otherwise they may see and do all. */
export function viewersByToken(viewers: Readonly<Record<string, Partial<Viewer>>>): FindViewer {
  const known = new Map(
    Object.entries(viewers).map(([token, parts]): [string, Viewer] => [
      token,
      { name: token, caller: token, scopes: SCOPES, restriction: null, ...parts },
    ]),
  );
  return async (token) => known.get(token) ?? null;
}
