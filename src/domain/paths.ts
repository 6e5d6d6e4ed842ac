/** The extract, at the path of the original (docs/contract.md). */
export const EXTRACT_PATH = '/analytics/interviews';

/** The names of jobs and candidates, to import. */
export const JOBS_PATH = `${EXTRACT_PATH}/jobs`;
export const CANDIDATES_PATH = `${EXTRACT_PATH}/candidates`;

/** The summary of an extract: what it would contain, without its rows. */
export const SUMMARY_PATH = `${EXTRACT_PATH}/summary`;

/** Measures of the rows in groups, and what there is to measure. */
export const METRICS_PATH = `${EXTRACT_PATH}/metrics`;
export const METRICS_DEFINITIONS_PATH = `${METRICS_PATH}/definitions`;

/** OData, for the tools of analysts: the service document, and everything else below it. */
export const ODATA_PATH = '/odata/v4';

/** The Tableau connector, at the path of the original. */
export const TABLEAU_PATH = '/analytics-applications/tableau/interviews';

/** The dashboard. */
export const DASHBOARD_PATH = '/dashboard';

/** The page for imports. */
export const IMPORT_PATH = '/import';

/** The reference of the API: the web page, and OpenAPI below it. */
export const REFERENCE_PATH = '/docs';
export const OPENAPI_PATH = '/openapi.json';

/** The files that web pages load. */
export const FILES_PATH = '/files';

/** People to forget. */
export const ERASURES_PATH = '/admin/erasures';

/** The administration of tokens. */
export const TOKENS_PATH = '/admin/tokens';
export const ROTATE_PATH = `${TOKENS_PATH}/rotate`;
export const REVOKE_PATH = `${TOKENS_PATH}/revoke`;

/** The audit log. */
export const AUDIT_PATH = '/admin/audit';

/** The GraphQL API. */
export const GRAPHQL_PATH = '/graphql';

/** The files that GraphiQL loads. */
export const GRAPHIQL_FILES_PATH = `${GRAPHQL_PATH}/files`;
