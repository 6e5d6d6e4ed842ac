import { COMMANDS, usage } from './cli/commands.ts';
import { environment, readConfig } from './config.ts';
import { asDatabaseError } from './db/connection/database-errors.ts';
import { Failure, shown } from './domain/errors.ts';
import { createLog } from './log.ts';

/** The same Ctrl-C reaches us from the terminal and again from npm: only one that comes later than this is a second one. */
const SECOND_SIGNAL_AFTER_MS = 1_500;

/** Aborts at the first Ctrl-C or SIGTERM; a second one ends the process at once. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  const interrupt = (signal: NodeJS.Signals) => {
    if (first === 0) {
      first = Date.now();
      controller.abort(signal);
    } else if (Date.now() - first > SECOND_SIGNAL_AFTER_MS) process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return controller.signal;
}

/** What a command ends with that was told to stop by Ctrl-C or SIGTERM (bash: 128 + the signal's number). */
const INTERRUPTED = 130;

/** Milliseconds that a command is given to end after that; a statement that nobody can cancel must not keep it. */
const LAST_WORDS = 5_000;

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
  const config = readConfig(environment());
  const ended = command.run(args, { config, log: createLog(config.logLevel), signal });
  return await (command.endsItself ? ended : Promise.race([ended, interrupted(signal)]));
}

const stillAtWork = new Failure(
  'DATABASE_UNAVAILABLE',
  'Interrupted while the database was still at work: what was begun is undone, unless it was already being saved. Run the same command with --dry-run to see.',
);

/** Gives up on a command some time after the signal. */
function interrupted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => setTimeout(() => reject(stillAtWork), LAST_WORDS).unref(), { once: true });
  });
}

/** The exit code of a command that failed, which is told on standard error. */
function reportError(thrown: unknown, signal: AbortSignal): number {
  const error = asDatabaseError(thrown);
  if (signal.aborted) {
    process.stderr.write(`${error === stillAtWork ? stillAtWork.message : 'Interrupted: nothing was saved.'}\n`);
    return INTERRUPTED;
  }
  if (error instanceof Failure) {
    process.stderr.write(`${error.message}\n`);
    return error.exit;
  }
  createLog('error').fatal({ err: error }, 'this is a fault of the program');
  return 70;
}

/** A reader that leaves (`| head`) is no fault: the command ends as it would have. */
function toldNobody(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
for (const stream of [process.stdout, process.stderr]) stream.on('error', toldNobody);

const signal = interruption();
const code = await main(process.argv.slice(2), signal).catch((error) => reportError(error, signal));
// Whatever is still open (a watch over Postgres, a reader that went) must not keep a finished command alive; but a
// pipe takes what was written to it in its own time.
await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write('', done))));
process.exit(code);
