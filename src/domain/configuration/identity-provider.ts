/** An identity provider whose tokens (JWT, RFC 9068) are taken beside our own. */
export interface IdentityProvider {
  /** The claim `iss` of its tokens, to the letter. */
  readonly issuer: string;
  /** What the claim `aud` of a token has to name. */
  readonly audience: string;
  /** Where its public keys are (RFC 7517); null: where the issuer's openid-configuration says. */
  readonly keys: string | null;
  /** What stands before the names of our scopes in a token's. */
  readonly scopePrefix: string;
}
