import { type ParseArgsConfig, parseArgs } from 'node:util';
import { Failure } from '../../domain/errors.ts';

/** Runs Node's `parseArgs`. Errors: BAD_USER_INPUT (exit code 2), with Node's message and the usage. */
export function readArguments<T extends ParseArgsConfig>(config: T, usage: string): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw wrongUsage(error instanceof Error ? error.message : String(error), usage);
  }
}

export const wrongUsage = (problem: string, usage: string): Failure =>
  new Failure('BAD_USER_INPUT', `${problem.replace(/\.?$/, '.')}\nUsage: ${usage}`);

/**
 * Refuses a command line of which npm took one of these options for itself, because `--` was missing before it: a dry
 * run, for example, would really run. `taken`: the options that npm got (Config). Errors: BAD_USER_INPUT.
 */
export function refuseSwallowed(
  options: readonly string[],
  args: readonly string[],
  taken: readonly string[],
  usage: string,
): void {
  const swallowed = taken.find((name) => options.includes(name) && !args.includes(`--${name}`));
  if (swallowed !== undefined)
    throw wrongUsage(`npm took --${swallowed} as its own option; put -- before the options`, `npm run ${usage}`);
}
