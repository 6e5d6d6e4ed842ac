/** A token as it is listed. The token itself is not stored. */
export interface TokenEntry {
  readonly id: number;
  readonly name: string;
  readonly scopes: readonly string[];
  /** The rows that it sees: those of these jobs, and of the jobs of these departments. All, if both are empty. */
  readonly departments: readonly string[];
  readonly jobIds: readonly string[];
  /** Null: the limits of all tokens. */
  readonly ratePerMinute: number | null;
  readonly createdAt: Date;
  /** Null: never. */
  readonly expiresAt: Date | null;
  /** When another one of its name took its place. */
  readonly replacedAt: Date | null;
  readonly revokedAt: Date | null;
  /** When it was last used, to ten minutes; null: never. */
  readonly usedAt: Date | null;
}

/** A token just issued: the only time that it is seen. */
export interface IssuedToken extends TokenEntry {
  readonly token: string;
}

/** What a token becomes that takes the place of another one. */
export interface Rotation {
  readonly name: string;
  /** For how long the old one is still accepted, in milliseconds. */
  readonly overlapMs: number;
  /** Returns when the new one ends; `lifetimeMs`: how long the old one was to live, null for one without an end. */
  readonly endOf: (lifetimeMs: number | null) => Date | null;
}

/** A token that took the place of another one, and until when that is still accepted. */
export interface RotatedToken {
  readonly issued: IssuedToken;
  readonly formerEndsAt: Date;
}
