/**
 * Returns SQL for an id of something whose parts are not public: 128 bits of SHA-256 over the database's own secret and the parts. `bytes`:
 * the parts as SQL. Ids are visible to everybody who may read; without the secret nobody can guess the room or the name behind one. The
 * secret is created once with the tables and never changes. Half of a hash is not enough to continue it.
 */
export const secretId = (bytes: string): string =>
  `encode(substring(sha256((SELECT id_secret FROM dataset) || ${bytes}) FOR 16), 'hex')::uuid`;
