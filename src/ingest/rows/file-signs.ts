import { shown } from '../../domain/errors.ts';
import type { DateOrder, DecimalSign, Signs } from '../../domain/values/signs.ts';
import { Unreadable } from './fault.ts';

/** What the values of a file say about the others, found while they are read. A file that contradicts itself is refused. */
export class FileSigns implements Signs {
  /** By the sign between the numbers. */
  readonly #dateOrders = new Map<string, { readonly is: DateOrder; readonly by: string }>();
  #decimal: { readonly is: DecimalSign; readonly by: string } | null;
  /** How often something was decided. */
  decisions = 0;
  /** The line of the record that is being read, for messages. */
  line = 0;

  /** `decimal`: the decimal sign that an option gives; null if the file decides. */
  constructor(decimal: DecimalSign | null) {
    this.#decimal = decimal === null ? null : { is: decimal, by: 'the file should have, as the option says,' };
  }

  dateOrder(between: string): DateOrder | null {
    return this.#dateOrders.get(between)?.is ?? null;
  }

  get decimal(): DecimalSign | null {
    return this.#decimal?.is ?? null;
  }

  sawDateOrder(between: string, order: DateOrder, cell: string): void {
    const known = this.#dateOrders.get(between);
    if (known?.is === order) return;
    if (known !== undefined)
      throw new Unreadable(
        `${shown(cell)} has the ${order}, but ${known.by} the ${known.is}: the dates of the file are in two orders, so none of them can be trusted`,
        this.line,
      );
    this.#dateOrders.set(between, { is: order, by: this.#place(cell) });
    this.decisions += 1;
  }

  sawDecimal(sign: DecimalSign, cell: string): void {
    const known = this.#decimal;
    if (known?.is === sign) return;
    if (known !== null)
      throw new Unreadable(
        `${shown(cell)} has a decimal ${sign}, but ${known.by} a decimal ${known.is}: with two decimal signs in a file, none of its numbers can be trusted`,
        this.line,
      );
    this.#decimal = { is: sign, by: this.#place(cell) };
    this.decisions += 1;
  }

  #place(cell: string): string {
    return `${shown(cell)} in line ${this.line}`;
  }
}
