/**
 * The least that an answer costs in Node: node:http, and one named prepared statement of pg whose rows are the items as JSON. It knows nothing of
 * GraphQL, tokens or limits. Prints its address. Arguments: the connection and the statements by name, as JSON.
 */
import http from 'node:http';
import pg from 'pg';

const [connection = '{}', statements = '{}'] = process.argv.slice(2);
const pool = new pg.Pool({ ...JSON.parse(connection), max: 10 });
const known = new Map(Object.entries(JSON.parse(statements)));

async function answer(body) {
  const { query, variables } = JSON.parse(body);
  const { sql, head, tail } = known.get(query);
  const { rows } = await pool.query({
    name: query,
    text: sql,
    values: variables ? [variables.id] : [],
    rowMode: 'array',
  });
  return head + rows.join() + tail;
}

const server = http.createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', async () => {
    let status = 200;
    let text;
    try {
      text = Buffer.from(await answer(Buffer.concat(chunks).toString()));
    } catch (error) {
      status = 500;
      text = Buffer.from(JSON.stringify({ errors: [{ message: error.message }] }));
    }
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': text.length }).end(text);
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${server.address().port}\n`));
process.once('SIGTERM', () => process.exit(0));
