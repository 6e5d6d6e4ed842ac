/**
 * Texts that the CSV for Excel writes with one more `'` in front, and only there: what Excel and similar programs take for a formula (OWASP,
 * "CSV Injection"), and what looks as if it had been guarded already. Without the latter a reader couldn't tell `'=1` that was guarded from
 * `'=1` that somebody wrote. So a reader of such a file removes one `'` from each text that begins with one and matches. Postgres reads the
 * pattern, too.
 */
export const NEEDS_FORMULA_GUARD = /^'*[=+@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20-]/;

/** Whether a text may have got the apostrophe. */
export const mayBeGuarded = (text: string): boolean => text.charCodeAt(0) === 39 && NEEDS_FORMULA_GUARD.test(text);
