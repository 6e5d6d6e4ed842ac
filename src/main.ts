import { COMMANDS, usage } from './cli/commands.ts';
import { environment, readConfig } from './config.ts';
import { Failure, shown } from './domain/errors.ts';
import { createLog } from './log.ts';

/** The same Ctrl-C reaches us from the terminal and again from npm: only one that comes later than this is a second one. */
const SECOND_SIGNAL_AFTER = 1_500;

/** Aborts at the first Ctrl-C or SIGTERM; a second one ends the process at once. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  const interrupt = (signal: NodeJS.Signals) => {
    if (first === 0) {
      first = Date.now();
      controller.abort(signal);
    } else if (Date.now() - first > SECOND_SIGNAL_AFTER) process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return controller.signal;
}

async function main([name = 'start', ...args]: string[]): Promise<number> {
  if (['help', '--help', '-h'].includes(name)) {
    process.stdout.write(usage());
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new Failure('BAD_USER_INPUT', `${shown(name)} is not a command.\n${usage()}`);
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`Usage: npm run ${command.usage}\n  ${command.about}\n`);
    return 0;
  }
  const config = readConfig(environment());
  return await command.run(args, { config, log: createLog(config.logLevel), signal: interruption() });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof Failure) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exit;
  } else {
    createLog('error').fatal({ err: error }, 'this is a fault of the program');
    process.exitCode = 70;
  }
}
// Whatever is still open (a watch over Postgres, a reader that went) must not keep a finished command alive.
process.exit();
