import { Failure } from '../errors.ts';

/** For imports that don't wait until a running one has finished. Errors: CONFLICT, always. */
export function importBusy(): never {
  throw new Failure('CONFLICT', 'Another import is running; try again when it has finished.');
}
