/**
 * A connection file of Excel (.odc) with one Power Query. There is no password in it: Excel asks for one, and keeps it in a store of its own.
 *
 * Its form is that of MS-ODCFF, 2.7.1 (the file) and MS-QDEIF (the query in it), as Excel’s “Export Connection File” writes it.
 */

/** @param {string} text */
const escaped = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A version of Power Query that writes this form, and the oldest that reads it: Excel asks older ones to be updated. */
const VERSION = '2.83.5894.761';
const OLDEST = '2.21.0.0';

/**
 * The query as Excel keeps it outside of a workbook.
 * @param {string} name
 * @param {string} query
 */
const mashup = (name, query) =>
  `<Mashup xmlns="http://schemas.microsoft.com/DataMashup" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><Client>EXCEL</Client><Version>${VERSION}</Version><MinVersion>${OLDEST}</MinVersion><Culture>en-US</Culture><SafeCombine>true</SafeCombine><Items><Query Name="${escaped(name)}"><Formula>${escaped(query)}</Formula><IsParameterQuery xsi:nil="true" /><IsDirectQuery xsi:nil="true" /></Query></Items></Mashup>`;

/**
 * The text of a connection file: a page of HTML, whose island of XML Excel reads.
 * @param {string} name of the query, one word
 * @param {string} description
 * @param {string} query in the language of Power Query
 */
export const officeConnection = (
  name,
  description,
  query,
) => `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns="http://www.w3.org/TR/REC-html40">
<head>
<meta http-equiv="Content-Type" content="text/x-ms-odc; charset=utf-8">
<meta name="ProgId" content="ODC.Database">
<meta name="SourceType" content="OLEDB">
<title>Query - ${escaped(name)}</title>
<xml id="docprops"><o:DocumentProperties xmlns:o="urn:schemas-microsoft-com:office:office" xmlns="http://www.w3.org/TR/REC-html40">
<o:Description>${escaped(description)}</o:Description>
<o:Name>Query - ${escaped(name)}</o:Name>
</o:DocumentProperties></xml>
<xml id="msodc"><odc:OfficeDataConnection xmlns:odc="urn:schemas-microsoft-com:office:odc" xmlns="http://www.w3.org/TR/REC-html40">
<odc:PowerQueryConnection odc:Type="OLEDB">
<odc:ConnectionString>Provider=Microsoft.Mashup.OleDb.1;Data Source=$Workbook$;Location=${escaped(name)};Extended Properties=&quot;&quot;</odc:ConnectionString>
<odc:CommandType>SQL</odc:CommandType>
<odc:CommandText>SELECT * FROM [${escaped(name)}]</odc:CommandText>
</odc:PowerQueryConnection>
<odc:PowerQueryMashupData>${escaped(mashup(name, query))}</odc:PowerQueryMashupData>
</odc:OfficeDataConnection></xml>
</head>
<body></body>
</html>
`;
