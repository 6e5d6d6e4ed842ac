/** The styles of cells, by their position in `cellXfs`. */
export const STYLES = { general: 0, date: 1, heading: 2, text: 3 } as const;

/** Dates look like this in every language; the format of a cell can be changed, its value is a date. */
const DATE_FORMAT = { id: 164, code: 'yyyy-mm-dd hh:mm:ss' };

/** The built-in format Text: a cell that somebody edits stays text, whatever it looks like (ECMA-376-1, 18.8.30). */
const TEXT_FORMAT = 49;

const format = (id: number, font = 0): string =>
  `<xf numFmtId="${id}" fontId="${font}" fillId="0" borderId="0" xfId="0"${id === 0 ? '' : ' applyNumberFormat="1"'}${font === 0 ? '' : ' applyFont="1"'}/>`;

/** The part with the styles. Excel requires one font, two fills and one border. */
export const STYLES_XML = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="${DATE_FORMAT.id}" formatCode="${DATE_FORMAT.code}"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4">${format(0)}${format(DATE_FORMAT.id)}${format(TEXT_FORMAT, 1)}${format(TEXT_FORMAT)}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
