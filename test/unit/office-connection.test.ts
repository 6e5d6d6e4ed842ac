/** The connection file for Excel, as far as it can be read without Excel. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { officeConnection } from '../../src/pages/browser/start/office-connection.js';
import { connectionOf } from '../kit/office-connection.ts';

test('names the query as Excel looks it up in the workbook', () => {
  const { connection, query } = connectionOf(officeConnection('Interviews', 'About it.', 'let a = 1 in a'));
  expect(connection).toMatchObject({
    'odc:ConnectionString':
      'Provider=Microsoft.Mashup.OleDb.1;Data Source=$Workbook$;Location=Interviews;Extended Properties=""',
    'odc:CommandType': 'SQL',
    'odc:CommandText': 'SELECT * FROM [Interviews]',
    'odc:PowerQueryMashupData': expect.stringMatching(/^<Mashup .*<Query Name="Interviews">.*<\/Mashup>$/),
  });
  expect(query).toMatchObject({ Client: 'EXCEL', MinVersion: '2.21.0.0', Culture: 'en-US', Formula: 'let a = 1 in a' });
});

test('holds any query as it is, whatever signs of XML and HTML are in it', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc
      .array(fc.constantFrom('<', '>', '&', '&amp;', ']]>', '</xml>', '"', "'", '<!--', '\n', 'é', '🗓'))
      .map((one) => one.join('')),
  );
  fc.assert(
    fc.property(text, (query) => {
      const file = officeConnection('Interviews', query, query);
      expect(connectionOf(file).query.Formula).toBe(query);
      // One island of each kind, and no more of the page than was meant.
      expect(file.match(/<\/?xml\b|<\/?html\b|<!--/g)).toHaveLength(6);
    }),
  );
});
