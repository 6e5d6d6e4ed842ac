/** Returns the word of parameters and columns for a name that GraphQL has in upper case: `applicationStage` for `APPLICATION_STAGE`. */
export const wordOf = (name: string): string =>
  name.toLowerCase().replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
