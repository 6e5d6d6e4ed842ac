import type { Config } from '../config.ts';
import type { ServiceLog } from '../log.ts';

/** What every command gets. */
export interface CommandContext {
  readonly config: Config;
  readonly log: ServiceLog;
  /** Aborted by the first Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
}

/** Tells the user, in one line of words, what takes a while. */
export type Announce = (step: string) => void;

/** One command of the command line. */
export interface Command {
  /** The command as typed, with its options, for the usage text. */
  readonly usage: string;
  readonly about: string;
  /** Whether it uses the database; otherwise none has to be configured. Default: true. */
  readonly usesDatabase?: boolean;
  /** Whether the command ends by itself after the signal; the others get a few seconds. */
  readonly endsItself?: boolean;
  /** Takes the arguments after the command's name; returns the exit code. The caller reports failures. */
  run(args: string[], context: CommandContext): Promise<number>;
}
