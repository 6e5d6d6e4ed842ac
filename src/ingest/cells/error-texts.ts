/** What a spreadsheet shows in place of a value that it can't work out, in the languages that write it otherwise too. */
const ERROR = /^#(?:N\/A|NV|N\/D|NAME\?|REF!|BEZUG!|DIV\/0!|VALUE!|WERT!|VALEUR!|NUM!|ZAHL!|NULL!|#+)$/;

/** Whether a text is the error of a spreadsheet, or the signs that it shows where a column is too narrow. */
export const isErrorText = (text: string): boolean => text.length <= 20 && ERROR.test(text);
