/** An identity provider whose tokens (JWT, RFC 9068) are accepted besides the service's own. */
export interface IdentityProvider {
  /** The exact value of the claim `iss` in its tokens. */
  readonly issuer: string;
  /** A value that the claim `aud` of a token must contain. */
  readonly audience: string;
  /** The URL of its public keys (RFC 7517); null: as the issuer's openid-configuration says. */
  readonly keys: string | null;
  /** The prefix of the service's scopes in a token's list of scopes. */
  readonly scopePrefix: string;
  /** The claims with the departments, and with the IDs of jobs, whose rows a token sees; both null: tokens see all rows. */
  readonly departmentsClaim: string | null;
  readonly jobsClaim: string | null;
}
