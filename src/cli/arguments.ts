import { type ParseArgsConfig, parseArgs } from 'node:util';
import { Failure } from '../domain/errors.ts';

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
