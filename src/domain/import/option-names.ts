/** The options of an import that messages name. */
export type NamedOption =
  | 'allowMissingColumns'
  | 'allowRemovals'
  | 'dateFormat'
  | 'decimal'
  | 'excel'
  | 'keepIds'
  | 'null'
  | 'skipInvalid';

/** What the options are called where they are given. */
export type OptionNames = Readonly<Record<NamedOption, string>>;

export const COMMAND_LINE_OPTIONS: OptionNames = {
  allowMissingColumns: '--allow-missing-columns',
  allowRemovals: '--allow-removals',
  dateFormat: '--date-format PATTERN',
  decimal: '--decimal comma or point',
  excel: '--excel',
  keepIds: '--keep-ids',
  null: '--null TEXT',
  skipInvalid: '--skip-invalid',
};

export const QUERY_PARAMETERS: OptionNames = {
  allowMissingColumns: 'allowMissingColumns=true',
  allowRemovals: 'allowRemovals=true',
  dateFormat: 'dateFormat=PATTERN',
  decimal: 'decimal=comma or point',
  excel: 'excel=true',
  keepIds: 'keepIds=true',
  null: 'null=TEXT',
  skipInvalid: 'skipInvalid=true',
};
