import { Failure } from '../errors.ts';

/** An address to listen on, and the settings that it is from. */
export interface Listening {
  readonly port: number;
  readonly host: string;
  readonly names: { readonly port: string; readonly host: string };
}

/** Returns what to throw if an address can't be listened on: a BAD_CONFIGURATION that names the setting to change, or else the error itself. */
export function toListenFailure(error: unknown, { port, host, names }: Listening): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'EADDRINUSE')
    return new Failure(
      'BAD_CONFIGURATION',
      `${names.port}: ${port} on ${host} is in use by another program; set ${names.port} to another, or to 0 for a free one.`,
    );
  if (code === 'EACCES')
    return new Failure(
      'BAD_CONFIGURATION',
      `${names.port}: ${port} needs more rights than this user has; set ${names.port} to one above 1023.`,
    );
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new Failure('BAD_CONFIGURATION', `${names.host}: ${host} is not an address of this machine.`);
  return error;
}
