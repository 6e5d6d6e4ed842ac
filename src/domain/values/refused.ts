/** Why a cell can't be taken. */
export class InvalidValue {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}
