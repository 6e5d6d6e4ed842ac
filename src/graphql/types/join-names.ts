/** First and last name as far as they are known; null where neither is. */
export const joinNames = ({
  firstName,
  lastName,
}: {
  firstName: string | null;
  lastName: string | null;
}): string | null => [firstName, lastName].filter(Boolean).join(' ') || null;
