/** Parameters of metrics that list names. */
import { Failure, shown } from '../../domain/errors.ts';
import { nearNames } from '../../domain/near-names.ts';
import { METRICS_DEFINITIONS_PATH } from '../../domain/paths.ts';
import type { MetricsParameter } from './parameters.ts';

/** UTF-16 code units of a list of names: more than all names of all metrics. */
const MAX_LIST_LENGTH = 2_000;

const badParameter = (message: string): Failure => new Failure('BAD_USER_INPUT', message);

/** Returns the names that a parameter lists, separated by commas. Its size is looked at first. */
export function namesIn(name: MetricsParameter, text: string, max: number): string[] {
  if (text.length > MAX_LIST_LENGTH)
    throw badParameter(`${name} has ${text.length} characters; at most ${MAX_LIST_LENGTH} are allowed.`);
  const names = text.split(',').map((each) => each.trim());
  if (names.length > max) throw badParameter(`${name} lists ${names.length} names; at most ${max} are allowed.`);
  return names;
}

/** Returns what a parameter lists. Errors: BAD_USER_INPUT for names that there are not, with near ones, and for those that occur twice. */
export function listed<T>(
  name: MetricsParameter,
  text: string | undefined,
  words: Readonly<Record<string, T>>,
  max: number,
  what: string,
): T[] {
  if (text === undefined) return [];
  const names = namesIn(name, text, max);
  const found = names.map((each) => wordIn(name, each, words, what));
  const twice = names.find((each, index) => names.indexOf(each) !== index);
  if (twice !== undefined) throw badParameter(`${name}: ${twice} occurs twice.`);
  return found;
}

/** Returns what a name means. Errors: BAD_USER_INPUT for one that there is not, with near ones; `what`: what it is not. */
export function wordIn<T>(name: string, text: string, words: Readonly<Record<string, T>>, what: string): T {
  if (Object.hasOwn(words, text)) return words[text] as T;
  const near = nearNames(text, Object.keys(words));
  const hint = near.length > 0 ? ` did you mean ${near.join(' or ')}?` : '';
  const all =
    Object.keys(words).length > 30
      ? `all are listed at ${METRICS_DEFINITIONS_PATH}`
      : `there are ${Object.keys(words).join(', ')}`;
  throw badParameter(
    `${name}: ${shown(text)} is not ${what};${hint} ${hint ? all[0]?.toUpperCase() + all.slice(1) : all}.`,
  );
}
