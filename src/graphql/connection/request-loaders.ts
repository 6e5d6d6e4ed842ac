import DataLoader from 'dataloader';
import type { GraphQLResolveInfo } from 'graphql';

/**
 * What one request loads for many parents at once. A field asked for under many parents is the same list of nodes in the document for all of
 * them, and so are its arguments.
 */
export class RequestLoaders {
  readonly #loaders = new Map<string, WeakMap<object, DataLoader<unknown, unknown, string>>>();
  readonly #made = new WeakMap<object, Map<string, () => unknown>>();

  /** What is the same for a field under all its parents, made for the first of them; `what` tells apart several things of one field. */
  memoize<V>(purpose: string, { fieldNodes }: GraphQLResolveInfo, make: () => V): V {
    const ofField = this.#made.get(fieldNodes) ?? new Map<string, () => unknown>();
    this.#made.set(fieldNodes, ofField);
    const made = ofField.get(purpose) ?? settled(make);
    ofField.set(purpose, made);
    return made() as V;
  }

  /**
   * Loads one value for a field under a parent. `load` takes the keys of all parents and gives their values in the same order; `what` tells
   * apart several loads of one field.
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
      });
    byField.set(fieldNodes, loader);
    return loader.load(key) as Promise<V>;
  }
}

/** Gives what was made, or throws what was thrown, each time. */
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
