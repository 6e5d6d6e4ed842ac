/** The parameters that decide the form of a document of rows, whatever the rows are. */
import { Failure, shown } from '../domain/errors.ts';
import type { QueryParameters } from '../domain/parameters.ts';
import { formatNamed } from './formats.ts';
import type { DocumentForm, Format, NullKeys } from './output-options.ts';

/** They may occur only once. */
export const FORM_PARAMETERS = ['format', 'header', 'excel', 'delimiter', 'decimal', 'nulls'] as const;

export type FormParameter = (typeof FORM_PARAMETERS)[number];

/** The characters between two cells of CSV, by the words and the characters that ask for them. */
export const DELIMITERS = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  pipe: '|',
  ',': ',',
  ';': ';',
  '\t': '\t',
  '|': '|',
} as const;

/** The form that a request asks for, without the columns. */
export interface RequestedForm extends Pick<DocumentForm, 'labels' | 'excel' | 'delimiter' | 'decimalComma' | 'nulls'> {
  readonly format: Format;
}

const badParameter = (message: string): Failure => new Failure('BAD_USER_INPUT', message);

/** Returns what a word stands for; `otherwise` if there is none. Errors: BAD_USER_INPUT for another word, with those that are accepted. */
export function readWord<T>(
  name: string,
  text: string | undefined,
  words: Readonly<Record<string, T>>,
  otherwise: T,
): T {
  if (text === undefined) return otherwise;
  if (!Object.hasOwn(words, text)) {
    const accepted = Object.keys(words).map((each) => (/^\w+$/.test(each) ? each : shown(each)));
    throw badParameter(`${name}: ${shown(text)} is not accepted; accepted are ${accepted.join(', ')}.`);
  }
  return words[text] as T;
}

/** The words of a parameter that is on or off. */
export const ON_OFF = { true: true, false: false } as const;

/**
 * Reads the form of a document. `fallback` returns the format if the parameters name none; `nulls` is how JSON writes nulls by default, if not
 * as the format does. Errors: BAD_USER_INPUT, naming the parameter, its value and what is accepted; any error of `fallback`.
 */
export function readForm(parameters: QueryParameters, fallback: () => Format, nulls?: NullKeys): RequestedForm {
  const single = (name: FormParameter): string | undefined => parameters.get(name)?.[0];
  const named = single('format');
  const format = named === undefined ? fallback() : formatNamed(named);
  /** Reads a parameter that applies to some formats only. */
  const word = <T>(
    name: FormParameter,
    goesWith: string | null,
    words: Readonly<Record<string, T>>,
    otherwise: T,
  ): T => {
    const text = single(name);
    if (text !== undefined && goesWith !== null)
      throw badParameter(`${name} is only for ${goesWith}, not for ${format.name}.`);
    return readWord(name, text, words, otherwise);
  };
  const notCsv = format.name === 'csv' ? null : 'CSV';
  const delimiter = word<string>('delimiter', notCsv, DELIMITERS, ',');
  const decimalComma = word('decimal', notCsv, { point: false, comma: true }, false);
  if (decimalComma && delimiter === ',')
    throw badParameter(
      'decimal: comma requires delimiter=semicolon, tab or pipe; a file with commas for both would be read in different ways.',
    );
  return {
    format,
    labels: word(
      'header',
      format.labels === null ? 'CSV and XLSX' : null,
      { keys: false, labels: true },
      format.labels ?? false,
    ),
    excel: word('excel', notCsv, ON_OFF, false),
    delimiter,
    decimalComma,
    nulls: word<NullKeys>(
      'nulls',
      format.nulls === null ? 'JSON and NDJSON' : null,
      { include: 'include', omit: 'omit' },
      nulls ?? format.nulls ?? 'include',
    ),
  };
}
