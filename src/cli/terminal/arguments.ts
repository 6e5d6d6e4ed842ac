import { type ParseArgsConfig, parseArgs } from 'node:util';
import { Failure } from '../../domain/errors.ts';

/** `parseArgs` of Node with its complaints as BAD_USER_INPUT (exit code 2), together with the usage. */
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
 * Errors: BAD_USER_INPUT where npm took one of these options for itself, since `--` was missing before it: what should only be tried would be
 * done. `taken` are the options that npm was given (Config).
 */
export function refuseSwallowed(
  options: readonly string[],
  args: readonly string[],
  taken: readonly string[],
  usage: string,
): void {
  const swallowed = taken.find((name) => options.includes(name) && !args.includes(`--${name}`));
  if (swallowed !== undefined)
    throw wrongUsage(`npm took --${swallowed} for itself; write -- before the options`, `npm run ${usage}`);
}
