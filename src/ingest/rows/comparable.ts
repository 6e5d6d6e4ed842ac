/** Maximum length of a name that can be one of ours. */
const MAX_LENGTH = 200;

/**
 * Returns what names of columns are compared by: their letters and digits in lower case. Whatever writes extracts changes the rest:
 * `interview_id`, `Interview-ID`, a no-break space.
 */
export const comparable = (name: string): string =>
  name.length > MAX_LENGTH
    ? name
    : name
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, '');
