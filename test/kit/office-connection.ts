import { SaxesParser } from 'saxes';

/** The texts of the elements of a well-formed document, by their names. */
function textsOf(xml: string): Record<string, string> {
  const texts: Record<string, string> = {};
  const parser = new SaxesParser();
  let name = '';
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    name = tag.name;
    texts[name] = '';
  });
  parser.on('text', (text) => {
    if (name !== '') texts[name] += text;
  });
  parser.on('closetag', () => {
    name = '';
  });
  parser.write(xml).close();
  return texts;
}

/** A connection file as Excel reads it (MS-ODCFF, 2.7.1): an island of XML in a page of HTML, and in that, as a text, the XML of the query. */
export function connectionOf(file: string): {
  readonly connection: Record<string, string>;
  readonly query: Record<string, string>;
} {
  const [, island = ''] = /<xml id="msodc">(.*?)<\/xml>/s.exec(file) ?? [];
  const connection = textsOf(island);
  return { connection, query: textsOf(connection['odc:PowerQueryMashupData'] ?? '') };
}
