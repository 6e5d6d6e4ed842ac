/**
 * Reads a comma-separated list of web origins (Fetch, "CORS protocol"); a single `*` stands for any. Returns them as browsers write them.
 * Throws an Error that says what would be right.
 */
export function readOrigins(text: string): string[] {
  const origins = text.split(',').map((part) => part.trim());
  if (origins.length > 1 && origins.includes('*'))
    throw new Error('has * among other origins; * means any origin and must be the only one');
  return origins.map((origin) => (origin === '*' ? origin : readOrigin(origin)));
}

function readOrigin(text: string): string {
  const wrong = (why: string): never => {
    throw new Error(
      `has ${JSON.stringify(text.replace(/[^/]*@/, '…@'))} in it, ${why}; an origin looks like https://app.example.org`,
    );
  };
  if (text === '') return wrong('which is empty');
  if (!/^https?:\/\//i.test(text)) return wrong('which doesn’t begin with https:// or http://');
  if (!URL.canParse(text)) return wrong('which is not a URL');
  const { origin, username, password, pathname } = new URL(text);
  if (username || password) return wrong('which has a user');
  // URL adds a slash to an address that ends with its host. A slash in the text itself is a path, and refused.
  if (pathname !== '/' || /[/?#]/.test(text.replace(/^\w+:\/\//, '')))
    return wrong('which has more than a host and a port');
  return origin;
}
