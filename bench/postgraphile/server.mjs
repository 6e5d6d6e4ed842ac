/**
 * PostGraphile over the tables of the service, with what its documentation recommends for a production server. The database has no foreign
 * keys, so that its relations are named by smart tags. Prints its address. Argument: the connection as JSON, with `aggregates` for the plugin of aggregates.
 */
import { createServer } from 'node:http';
import { PgAggregatesPreset } from '@graphile/pg-aggregates';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { jsonPgSmartTags } from 'postgraphile/utils';

const [argument = '{}'] = process.argv.slice(2);

const REFERENCES = {
  appointment: [
    '(interview_id) references interview (interview_id)',
    '(interview_id, slot_id) references time_slot (interview_id, slot_id)',
    '(interviewer_employee_id) references employee (employee_id)',
  ],
  interview: [
    '(job_id) references job (job_id)',
    '(candidate_profile_id) references candidate (candidate_profile_id)',
    '(application_id) references application (application_id)',
  ],
  time_slot: ['(interview_id) references interview (interview_id)'],
  application: [
    '(candidate_profile_id) references candidate (candidate_profile_id)',
    '(job_id) references job (job_id)',
  ],
};

/** Columns without an index of their own that lists may be ordered by. */
const SORTABLE = {
  appointment: ['interviewer_employee_id', 'row_id'],
  time_slot: ['start_time', 'end_time', 'slot_id'],
};

const { connectionString, aggregates = false } = JSON.parse(argument);
const service = postgraphile({
  extends: [PostGraphileAmberPreset, ...(aggregates ? [PgAggregatesPreset] : [])],
  plugins: [
    jsonPgSmartTags({
      version: 1,
      config: {
        class: Object.fromEntries(
          Object.entries(REFERENCES).map(([table, foreignKey]) => [
            table,
            {
              tags: { foreignKey },
              attribute: Object.fromEntries(
                (SORTABLE[table] ?? []).map((column) => [column, { tags: { behavior: '+attribute:orderBy' } }]),
              ),
            },
          ]),
        ),
      },
    }),
  ],
  pgServices: [makePgService({ connectionString, schemas: ['public'], poolConfig: { max: 10 } })],
  grafast: { explain: false },
  grafserv: { graphqlPath: '/graphql', graphiql: false, watch: false, maxRequestLength: 100_000 },
});

const server = createServer();
await service.createServ(grafserv).addTo(server);
server.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${server.address().port}\n`));
process.once('SIGTERM', () => process.exit(0));
