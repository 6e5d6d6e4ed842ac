/** The advisory locks of this program. Any number will do as long as it stays. */
export const LOCKS = {
  /** Held by the one import that runs, for its transaction. */
  import: 7_283_140_101,
  /** Held by the service that serves an embedded database, for as long as it runs. */
  serving: 7_283_140_102,
} as const;
