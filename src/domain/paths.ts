/** Where the original has the extract, and so do we (docs/contract.md). */
export const EXTRACT_PATH = '/analytics/interviews';
