import { type DataState, readDataState } from '../../db/query/state/data-state.ts';
import type { RequestLoaders } from '../connection/request-loaders.ts';
import type { Context } from '../context.ts';

/** By the loaders, which are those of one snapshot. */
const read = new WeakMap<RequestLoaders, Promise<DataState>>();

/** Returns the state of the data in the snapshot of an operation, read once for all its metrics. Errors: DATABASE_UNAVAILABLE. */
export function dataStateOf({ loaders, query }: Pick<Context, 'loaders' | 'query'>): Promise<DataState> {
  const state = read.get(loaders) ?? readDataState(query);
  read.set(loaders, state);
  return state;
}
