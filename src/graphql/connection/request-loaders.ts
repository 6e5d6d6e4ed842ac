import DataLoader from 'dataloader';
import type { GraphQLResolveInfo } from 'graphql';
import type { Turns } from '../operation/compiled/turns.ts';

/**
 * Batches what one request loads for many parents. A field below many parents has one and the same array of field nodes in the document,
 * and therefore the same arguments, so the array identifies the batch.
 */
export class RequestLoaders {
  readonly #loaders = new Map<string, WeakMap<object, DataLoader<unknown, unknown, string>>>();
  readonly #turns: Pick<Turns, 'whenStarted'>;
  readonly #made = new WeakMap<object, Map<string, () => unknown>>();

  constructor(turns: Pick<Turns, 'whenStarted'>) {
    this.#turns = turns;
  }

  /**
   * Returns a value that is the same for a field below all its parents; the first call makes it. `purpose` distinguishes several values of
   * one field.
   */
  memoize<V>(purpose: string, { fieldNodes }: GraphQLResolveInfo, make: () => V): V {
    const ofField = this.#made.get(fieldNodes) ?? new Map<string, () => unknown>();
    this.#made.set(fieldNodes, ofField);
    const made = ofField.get(purpose) ?? settled(make);
    ofField.set(purpose, made);
    return made() as V;
  }

  /**
   * Loads one value for a field below one parent. `load` takes the keys of all parents and returns their values in the same order.
   * `purpose` distinguishes several loads of one field.
   */
  load<K, V>(
    purpose: string,
    { fieldNodes }: GraphQLResolveInfo,
    key: K,
    load: (keys: readonly K[]) => Promise<readonly V[]>,
  ): Promise<V> {
    const byField = this.#loaders.get(purpose) ?? new WeakMap<object, DataLoader<unknown, unknown, string>>();
    this.#loaders.set(purpose, byField);
    const loader =
      byField.get(fieldNodes) ??
      new DataLoader<unknown, unknown, string>((keys) => load(keys as readonly K[]), {
        cacheKeyFn: (one) => JSON.stringify(one),
        batchScheduleFn: (dispatch) => this.#turns.whenStarted(dispatch),
      });
    byField.set(fieldNodes, loader);
    return loader.load(key) as Promise<V>;
  }
}

/** Calls `make` once. Returns a function that repeats its result or rethrows its error. */
function settled<V>(make: () => V): () => V {
  try {
    const value = make();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
