/** What is said if the tables were not cleared of the former rows of people who were erased. */
export const NOT_VACUUMED =
  'What the tables still hold of the former rows goes with the server’s next VACUUM: this database user may not run it. Let the owner of the tables run VACUUM (ANALYZE).\n';

/** What is said if they were not written anew. */
export const NOT_REWRITTEN =
  'Not all tables were written anew: this database user may not do it, or it failed. Let the owner of the database run VACUUM (FULL, ANALYZE).\n';
