/**
 * The route as users of an ORM write it: pages of objects, through csv-stringify. Its rows come in the order of the primary key and its
 * dates as they fall, so that it does less than the service does. The pages begin after the last key: with Prisma's own `cursor` a page of a
 * table of a million rows takes seconds, and the process gigabytes.
 */
import { once } from 'node:events';
import { PrismaPg } from '@prisma/adapter-pg';
import { stringify } from 'csv-stringify';
import Fastify from 'fastify';
import { DIST } from './program.mjs';

const { PrismaClient } = await import(new URL('db/generated/client.js', DIST));
const { FIELDS } = await import(new URL('domain/fields.js', DIST));

const PAGE = 1_000;

const [connection = '{}'] = process.argv.slice(2);
const prisma = new PrismaClient({ adapter: new PrismaPg(JSON.parse(connection)) });
const app = Fastify();

app.get('/interviews', async (request, reply) => {
  const rows = Number(request.query.rows);
  const csv = stringify({
    header: true,
    columns: FIELDS.map(({ key }) => key),
    cast: { date: (date) => date.toISOString(), boolean: String, object: String },
  });
  async function write() {
    let last;
    for (let written = 0; written < rows; ) {
      const page = await prisma.appointment.findMany({
        take: Math.min(PAGE, rows - written),
        orderBy: [{ interviewId: 'asc' }, { rowId: 'asc' }],
        ...(last && {
          where: {
            interviewId: { gte: last.interviewId },
            OR: [{ interviewId: { gt: last.interviewId } }, { rowId: { gt: last.rowId } }],
          },
        }),
      });
      for (const row of page) if (!csv.write(row)) await once(csv, 'drain');
      last = page.at(-1);
      if (!last) break;
      written += page.length;
    }
    csv.end();
  }
  write().catch((error) => csv.destroy(error));
  return reply.type('text/csv').send(csv);
});

process.stdout.write(`${await app.listen({ port: 0, host: '127.0.0.1' })}\n`);
process.once('SIGTERM', async () => {
  await app.close();
  await prisma.$disconnect();
});
