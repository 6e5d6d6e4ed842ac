/**
 * The id of something whose parts aren't all for everybody, as SQL: 128 bits of SHA-256 over the database's own secret and the parts, which
 * `bytes` gives. Without the secret nobody can try out which room or whose name an id was made of, although ids are shown to all who may
 * read. The secret is made once with the tables and stays; what half of a hash shows isn't enough to go on from.
 */
export const secretId = (bytes: string): string =>
  `encode(substring(sha256((SELECT id_secret FROM dataset) || ${bytes}) FOR 16), 'hex')::uuid`;
