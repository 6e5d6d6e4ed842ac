/** Returns first and last name joined by a space, as `fullName` of the catalogue defines; null if both are null or empty. */
export const fullName = (first: string | null, last: string | null): string | null =>
  [first, last].filter(Boolean).join(' ') || null;
