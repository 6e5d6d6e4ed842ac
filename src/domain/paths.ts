/** Where the original has the extract, and so do we (docs/contract.md). */
export const EXTRACT_PATH = '/analytics/interviews';

/** Where what an extract would have is told without its rows. */
export const SUMMARY_PATH = `${EXTRACT_PATH}/summary`;

/** Where the original has its Tableau connector, and so do we. */
export const TABLEAU_PATH = '/analytics-applications/tableau/interviews';

/** Where the service describes itself: the page for people, and the same for programs (OpenAPI). */
export const REFERENCE_PATH = '/docs';
export const OPENAPI_PATH = '/openapi.json';

/** Where what pages need is. */
export const FILES_PATH = '/files';

/** Where the GraphQL API is. */
export const GRAPHQL_PATH = '/graphql';

/** Where what its page in a browser needs is. */
export const GRAPHIQL_FILES_PATH = `${GRAPHQL_PATH}/files`;
