import { Failure, shown } from './errors.ts';

/** The parameters of a request by name. A name can occur several times. */
export type QueryParameters = ReadonlyMap<string, readonly string[]>;

/**
 * Parses the query string of a URL (WHATWG URL, "application/x-www-form-urlencoded parsing"); the parameters keep their order. Unlike that
 * algorithm it refuses text that is not percent-encoded UTF-8: replacement characters would silently match nothing.
 * Errors: BAD_USER_INPUT, naming the parameter and the text.
 */
export function parametersOf({ url }: { readonly url: string }): Map<string, string[]> {
  const questionMark = url.indexOf('?');
  const parameters = new Map<string, string[]>();
  for (const part of questionMark === -1 ? [] : url.slice(questionMark + 1).split('&')) {
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

/** Restores the "+" of an offset after a time of day: in a query string an unencoded "+" means a blank. */
export const restoreOffsetSign = (text: string): string =>
  text.replace(/(T\d\d:\d\d\S{0,20}) (\d\d:?(\d\d)?)$/, '$1+$2');

const NO_ENCODING = 'not percent-encoded UTF-8 (write "ü" as %C3%BC and "%" as %25).';

/** Returns a plain name as it is, and others quoted; long ones shortened. */
const shownName = (name: string): string => (/^\w{1,80}$/.test(name) ? name : shown(name));

/** Decodes percent-encoded UTF-8 (RFC 3986, section 2.1); null for anything else. */
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}

/**
 * Refuses unknown parameters and repetitions of those that may occur only once.
 * Errors: BAD_USER_INPUT, naming the parameter and what is accepted.
 */
export function checkNames(parameters: QueryParameters, once: readonly string[], often: readonly string[] = []): void {
  const accepted = [...once, ...often];
  for (const [name, values] of parameters) {
    if (!accepted.includes(name))
      throw new Failure('BAD_USER_INPUT', `${shown(name)} is not a parameter; accepted: ${accepted.join(', ')}.`);
    if (values.length > 1 && once.includes(name))
      throw new Failure('BAD_USER_INPUT', `${name} occurs ${values.length} times; it may occur only once.`);
  }
}
