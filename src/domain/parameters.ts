import { Failure, shown } from './errors.ts';

/** The parameters of a request by name; a name may be given several times. */
export type Parameters = ReadonlyMap<string, readonly string[]>;

/**
 * Refuses a parameter that there isn't, and one that is given several times but may be given once.
 * Errors: BAD_USER_INPUT, naming the parameter and what is accepted.
 */
export function checkNames(parameters: Parameters, once: readonly string[], often: readonly string[] = []): void {
  const accepted = [...once, ...often];
  for (const [name, values] of parameters) {
    if (!accepted.includes(name))
      throw new Failure('BAD_USER_INPUT', `${shown(name)} is not a parameter; accepted: ${accepted.join(', ')}.`);
    if (values.length > 1 && once.includes(name))
      throw new Failure('BAD_USER_INPUT', `${name} is given ${values.length} times; give it once.`);
  }
}
