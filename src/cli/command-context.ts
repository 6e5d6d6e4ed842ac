import type { Config } from '../config.ts';
import type { ServiceLog } from '../log.ts';

/** What every command is given. */
export interface CommandContext {
  readonly config: Config;
  readonly log: ServiceLog;
  /** Aborted by the first Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
}

/** One command of the command line. */
export interface Command {
  /** As it is typed, with its options, for the usage text. */
  readonly usage: string;
  readonly about: string;
  /** Whether it ends in its own time after the signal; the others are given a few seconds. */
  readonly endsItself?: boolean;
  /** Takes the arguments after the command's name; gives the exit code. Failures are shown by the caller. */
  run(args: string[], surroundings: CommandContext): Promise<number>;
}
