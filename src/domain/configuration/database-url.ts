import { shown } from '../errors.ts';

const URL_FORM = 'must look like postgresql://user:password@host:5432/database';
const ENCODED = 'with @ : / ? # and % in the user and the password percent-encoded (@ is %40, # is %23, % is %25)';

/**
 * Reads the address of a Postgres (postgresql://user:password@host:5432/database), and gives it as it is. Where a password is written as it is,
 * a piece of it could otherwise be taken for the host, and then stand in a message. Errors: what would be right, without any of the text.
 */
export function readDatabaseUrl(text: string): string {
  const [address, authority = '', rest = ''] = /^postgres(?:ql)?:\/\/([^/?#]*)(.*)$/s.exec(text) ?? [];
  if (address === undefined) throw new Error(URL_FORM);
  const login = authority.slice(0, Math.max(0, authority.lastIndexOf('@')));
  // Without a host it is that of a socket's folder, among the parameters.
  const url = text.replace(/^([^:]+:\/\/)([^@/]*@)?\//, '$1$2localhost/');
  if (/[@#]/.test(login + rest) || !URL.canParse(url) || !isDecodable(login))
    throw new Error(`${URL_FORM}, ${ENCODED}`);
  for (const schema of new URL(url).searchParams.getAll('schema'))
    if (schema !== 'public')
      throw new Error(
        `asks for ?schema=${shown(schema)}, and the tables of this service are always in the schema public: leave it out, and give the service a database of its own`,
      );
  return text;
}

function isDecodable(text: string): boolean {
  try {
    // A % by itself stands for itself.
    decodeURIComponent(text.replace(/%(?![0-9a-f]{2})/gi, '%25'));
    return true;
  } catch {
    return false;
  }
}
