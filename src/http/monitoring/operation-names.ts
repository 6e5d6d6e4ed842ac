/** The maximum number of names that clients choose; each is some 20 time series of Prometheus. */
const MAX_NAMES = 100;

const ANONYMOUS = '(anonymous)';

/** What is no name in GraphQL, for all names beyond the first. */
const OTHER = '(other)';

/** The names of GraphQL operations under which requests are counted: a limited number, since clients choose them. */
export class OperationNames {
  readonly #known = new Set<string>();

  /** Returns the label of an operation. `isListed`: it stands in the file of persisted operations, whose names are all kept. */
  labelOf(name: string | undefined, isListed: boolean): string {
    if (name === undefined) return ANONYMOUS;
    if (isListed || this.#known.has(name)) return name;
    if (this.#known.size >= MAX_NAMES) return OTHER;
    this.#known.add(name);
    return name;
  }
}
