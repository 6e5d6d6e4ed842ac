/** The same download in other words: for a shell, for Power Query, for pandas. The token is in none of them. */

/** How Power Query calls the kinds of fields. */
const POWER_QUERY_TYPES = {
  utc: 'type datetime',
  local: 'type datetime',
  instant: 'type datetimezone',
  number: 'type number',
  integer: 'Int64.Type',
  boolean: 'type logical',
};

/** @typedef {{ key: string, kind: string }} Column */

/** For a shell. @param {URL} address @param {string} file */
export const curl = (address, file) => `curl -f -H "X-SmartToken: $TOKEN" ${quoted(address.href)} -o ${file}`;

/** In single quotes of a shell. @param {string} text */
const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

/** A text of Power Query. @param {string} text */
const literal = (text) => `"${text.replaceAll('"', '""')}"`;

/**
 * For Excel and Power BI: the addresses and types of the columns stand in it, so nothing has to be guessed. They send the token as the
 * password that they keep for the address.
 * @param {URL} address
 * @param {Column[]} columns
 */
export function powerQuery(address, columns) {
  const root = address.href.slice(0, address.href.lastIndexOf('analytics/interviews'));
  const names = [...new Set(address.searchParams.keys())];
  const parameters = names.map((name) => {
    const values = address.searchParams.getAll(name).map(literal);
    return `${name} = ${values.length > 1 ? `{${values.join(', ')}}` : values[0]}`;
  });
  const types = columns
    .filter(({ kind }) => kind in POWER_QUERY_TYPES)
    .map(
      ({ key, kind }) =>
        `{${literal(key)}, ${POWER_QUERY_TYPES[/** @type {keyof typeof POWER_QUERY_TYPES} */ (kind)]}}`,
    );
  return `let
  Answer = Web.Contents(
    ${literal(root)},
    [
      RelativePath = "analytics/interviews",
      Query = [${parameters.join(', ')}]
    ]
  ),
  Lines = Csv.Document(Answer, [Delimiter = ",", Encoding = 65001, QuoteStyle = QuoteStyle.Csv]),
  Rows = Table.PromoteHeaders(Lines, [PromoteAllScalars = true]),
  Nothing = Table.ReplaceValue(Rows, "", null, Replacer.ReplaceValue, Table.ColumnNames(Rows)),
  Typed = Table.TransformColumnTypes(Nothing, {${types.join(', ')}}, "en-US")
in
  Typed`;
}

/** For Excel and Power BI: all of a table of OData. @param {URL} address of OData @param {string} table */
export const feedQuery = (address, table) => `let
  Source = OData.Feed(${literal(address.href)}, null, [Implementation = "2.0"]),
  Rows = Source{[Name = ${literal(table)}, Signature = "table"]}[Data]
in
  Rows`;

/** For Python. @param {URL} address @param {Column[]} columns */
export function pandas(address, columns) {
  const dates = columns
    .filter(({ kind }) => ['utc', 'local', 'instant'].includes(kind))
    .map(({ key }) => JSON.stringify(key));
  // An id of digits alone would lose its zeros.
  const texts = columns
    .filter(({ kind }) => kind === 'identifier')
    .map(({ key }) => `${JSON.stringify(key)}: "string"`);
  return `import os
import pandas as pd

rows = pd.read_csv(
    ${JSON.stringify(address.href)},
    storage_options={"X-SmartToken": os.environ["TOKEN"]},
    dtype={${texts.join(', ')}},
    parse_dates=[${dates.join(', ')}],
)
print(rows)`;
}
