/**
 * Returns the name in the leading comment of a statement, also within `COPY (…)`; null without one. Tests' own statements, settings and what
 * Prisma writes have none.
 */
export const nameOf = (text: string): string | null => /^\s*(?:COPY \(\s*)?\/\* (\S+) \*\//.exec(text)?.[1] ?? null;
