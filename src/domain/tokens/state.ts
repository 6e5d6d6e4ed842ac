/** When a token begins and ceases to be accepted. */
interface Dates {
  readonly expiresAt: Date | null;
  readonly replacedAt: Date | null;
  readonly revokedAt: Date | null;
}

/** Returns whether a token is in use, in words. `now` is in milliseconds since 1970. */
export function tokenState({ expiresAt, replacedAt, revokedAt }: Dates, now: number): string {
  if (revokedAt) return `revoked ${revokedAt.toISOString()}`;
  const end = expiresAt?.toISOString();
  if (expiresAt && expiresAt.getTime() <= now) return `${replacedAt ? 'replaced, ended' : 'expired'} ${end}`;
  return [replacedAt ? 'replaced' : 'in use', ...(end === undefined ? [] : [`until ${end}`])].join(', ');
}
