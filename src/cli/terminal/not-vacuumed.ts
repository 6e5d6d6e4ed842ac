/** What is said if the tables were not cleared of the former rows of people who were erased. */
export const NOT_VACUUMED =
  'What the tables still hold of the former rows goes with the server’s next VACUUM: this database user may not run it. Let the owner of the tables run VACUUM (ANALYZE).\n';
