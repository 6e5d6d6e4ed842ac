import { Failure, shown } from './errors.ts';

/** The parameters of a request by name; a name may be given several times. */
export type QueryParameters = ReadonlyMap<string, readonly string[]>;

/**
 * The parameters in the query of an address, in its order, as forms write them (WHATWG URL, "application/x-www-form-urlencoded parsing"), but
 * that nothing is guessed: what isn't the percent-encoding of UTF-8 would be looked for as another text, and found nowhere.
 * Errors: BAD_USER_INPUT, naming the parameter and the text.
 */
export function parametersOf({ url }: { readonly url: string }): Map<string, string[]> {
  const at = url.indexOf('?');
  const parameters = new Map<string, string[]>();
  for (const part of at === -1 ? [] : url.slice(at + 1).split('&')) {
    if (part === '') continue;
    const [, encodedName = '', encodedValue = ''] = /^([^=]*)=?(.*)$/s.exec(part) ?? [];
    const name = decoded(encodedName);
    if (name === null)
      throw new Failure('BAD_USER_INPUT', `The name of the parameter ${shown(encodedName)} is ${NO_ENCODING}`);
    const value = decoded(encodedValue);
    if (value === null)
      throw new Failure('BAD_USER_INPUT', `${shownName(name)}: ${shown(encodedValue)} is ${NO_ENCODING}`);
    const values = parameters.get(name);
    if (values) values.push(value);
    else parameters.set(name, [value]);
  }
  return parameters;
}

const NO_ENCODING = 'not the percent-encoding of UTF-8; "ü" is %C3%BC there, and "%" is %25.';

/** A name as it stands, where that is plain. */
const shownName = (name: string): string => (/^\w+$/.test(name) ? name : shown(name));

/** Null where it is no percent-encoding of UTF-8 (RFC 3986, 2.1). */
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}

/**
 * Refuses a parameter that there isn't, and one that is given several times but may be given once.
 * Errors: BAD_USER_INPUT, naming the parameter and what is accepted.
 */
export function checkNames(parameters: QueryParameters, once: readonly string[], often: readonly string[] = []): void {
  const accepted = [...once, ...often];
  for (const [name, values] of parameters) {
    if (!accepted.includes(name))
      throw new Failure('BAD_USER_INPUT', `${shown(name)} is not a parameter; accepted: ${accepted.join(', ')}.`);
    if (values.length > 1 && once.includes(name))
      throw new Failure('BAD_USER_INPUT', `${name} is given ${values.length} times; give it once.`);
  }
}
