import pg from 'pg';

/** A statement as it was sent, with its parameters, and how many rows it gave. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly rows: number;
}

/** Runs `work` and gives its result with every statement that this process sent meanwhile, in the order in which they were sent. */
export async function recordStatements<T>(work: () => Promise<T>): Promise<{ result: T; statements: Statement[] }> {
  const { query } = pg.Client.prototype;
  const sent: { text: string; values: readonly unknown[]; rows: number }[] = [];
  const recording = function (this: pg.Client, ...args: unknown[]) {
    const [first, values = []] = args as [string | { text?: string; values?: unknown[] }, unknown[]?];
    const { text = '', values: own } = typeof first === 'string' ? { text: first } : first;
    const statement = { text, values: own ?? values, rows: 0 };
    sent.push(statement);
    const note = (result?: { rowCount?: number | null }) => {
      statement.rows = result?.rowCount ?? 0;
    };
    const callback = args.at(-1);
    if (typeof callback === 'function')
      args[args.length - 1] = (error: unknown, result: pg.QueryResult) => {
        note(result);
        callback(error, result);
      };
    const answer = Reflect.apply(query, this, args) as unknown;
    if (answer instanceof Promise) answer.then(note, () => {});
    return answer;
  };
  Object.assign(pg.Client.prototype, { query: recording });
  try {
    const result = await work();
    return {
      result,
      statements: sent.filter(({ text }) => !/^(SET|BEGIN|COMMIT|ROLLBACK|\/\* (snapshot|audit))\b/.test(text)),
    };
  } finally {
    Object.assign(pg.Client.prototype, { query });
  }
}
