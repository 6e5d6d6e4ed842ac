/** The reason why a cell is refused. */
export class InvalidValue {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}
