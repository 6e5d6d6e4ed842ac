import { InvalidValue } from '../../domain/values/invalid-value.ts';

/** A value that a later one of the file may give a meaning. If none does, it is refused for this reason. */
export class UndecidedValue extends InvalidValue {}
