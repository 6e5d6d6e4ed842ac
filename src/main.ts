import { setTimeout as sleep } from 'node:timers/promises';
import { COMMANDS, usage } from './cli/commands.ts';
import { environment, readConfig } from './config.ts';
import { asDatabaseError } from './db/connection/errors/database-errors.ts';
import { Failure, shown } from './domain/errors.ts';
import { createLog } from './log.ts';

/**
 * The terminal and npm both pass the same Ctrl-C on: only a signal later than this, in milliseconds, counts as a second
 * one.
 */
const SECOND_SIGNAL_AFTER_MS = 1_500;

/** Returns a signal that the first Ctrl-C or SIGTERM aborts; a second one ends the process at once. */
function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  let first: number | null = null;
  const interrupt = (signal: NodeJS.Signals) => {
    if (first === null) {
      first = performance.now();
      controller.abort(signal);
    } else if (performance.now() - first > SECOND_SIGNAL_AFTER_MS) process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return controller.signal;
}

/** Exit code of a command that was stopped by Ctrl-C or SIGTERM (bash: 128 + the signal's number). */
const INTERRUPTED = 130;

/** Milliseconds that a command then gets to end; a statement that can't be canceled must not keep it. */
const INTERRUPTION_TIMEOUT_MS = 5_000;

/** Milliseconds that what was written then gets to be read. */
const FLUSH_TIMEOUT_MS = 1_000;

async function main([name = 'start', ...args]: string[], signal: AbortSignal): Promise<number> {
  if (['help', '--help', '-h'].includes(name)) {
    process.stdout.write(await usage());
    return 0;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) throw new Failure('BAD_USER_INPUT', `${shown(name)} is not a command.\n${await usage()}`);
  const command = await load();
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`Usage: npm run ${command.usage}\n  ${command.about}\n`);
    return 0;
  }
  const config = readConfig(environment(), command.usesDatabase ?? true);
  const ended = command.run(args, { config, log: createLog(config.logLevel), signal });
  return await (command.endsItself ? ended : Promise.race([ended, rejectAfterInterrupt(signal)]));
}

const STILL_WORKING = new Failure(
  'DATABASE_UNAVAILABLE',
  'Interrupted while the database was still working: the changes are rolled back, unless they were already being committed. Run the same command with --dry-run to see.',
);

/** Rejects some time after the signal, to stop waiting for the command. */
function rejectAfterInterrupt(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => setTimeout(() => reject(STILL_WORKING), INTERRUPTION_TIMEOUT_MS).unref(), {
      once: true,
    });
  });
}

/** Reports an error on standard error and returns the exit code. */
function reportError(thrown: unknown, signal: AbortSignal): number {
  const error = asDatabaseError(thrown);
  if (signal.aborted) {
    process.stderr.write(`${error === STILL_WORKING ? STILL_WORKING.message : 'Interrupted: nothing was saved.'}\n`);
    return INTERRUPTED;
  }
  if (error instanceof Failure) {
    process.stderr.write(`${error.message}\n`);
    return error.exit;
  }
  createLog('error').fatal({ err: error }, 'this is a bug in the program');
  return 70;
}

/** A reader that leaves (`| head`) is no error: the command ends as it would have. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe);

const signal = interruptSignal();
const code = await main(process.argv.slice(2), signal).catch((error) => reportError(error, signal));
// Open handles (the supervision of Postgres, a reader that left) must not keep a finished command alive; but a pipe
// must get everything that was written to it, unless what reads it takes nothing after an interruption.
const flushed = Promise.all(
  [process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write('', done))),
);
await (signal.aborted ? Promise.race([flushed, sleep(FLUSH_TIMEOUT_MS)]) : flushed);
process.exit(code);
