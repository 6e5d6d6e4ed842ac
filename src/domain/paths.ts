/** Where the original has the extract, and so do we (docs/contract.md). */
export const EXTRACT_PATH = '/analytics/interviews';

/** Where the GraphQL API is. */
export const GRAPHQL_PATH = '/graphql';

/** Where what its page in a browser needs is. */
export const GRAPHIQL_FILES_PATH = `${GRAPHQL_PATH}/files`;
