/** The advisory locks of this program. The numbers are arbitrary but must never change. */
export const LOCKS = {
  /** Held by the one running import, for its transaction. */
  import: 7_283_140_101,
  /** Held by the service on an embedded database, for as long as it runs. */
  serving: 7_283_140_102,
  /** Held by the one running sync, for a transaction of its own. */
  sync: 7_283_140_103,
  /** Held by the one change of tokens, for its transaction. */
  tokens: 7_283_140_104,
} as const;
