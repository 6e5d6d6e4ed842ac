/** What the service is asked while something befalls it. What is read depends on the rows alone, so its right answers are known. */

/** One request. */
export interface Work {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

const EXTRACT = '/analytics/interviews';
const GRAPHQL = '/graphql';

const get = (path: string, headers: Work['headers'] = {}): Work => ({ method: 'GET', path, headers });

const graphql = (query: string): Work => ({
  method: 'POST',
  path: GRAPHQL,
  headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
  body: JSON.stringify({ query }),
});

/** Measures at several clocks: one that was asked before is answered without the database. */
const metricsAt = (at: string): Work =>
  get(`${EXTRACT}/metrics?metrics=heldSlots,feedbackRate,cancellationRate&groupBy=week&counts=true&at=${at}`);

/** By what is read: requests that read it, one after the other. */
export const READS: Readonly<Record<string, readonly Work[]>> = {
  'export as CSV': [
    get(`${EXTRACT}?format=csv`),
    get(`${EXTRACT}?format=csv`, { 'accept-encoding': 'gzip' }),
    get(`${EXTRACT}?format=csv&limit=500`),
  ],
  'export as JSON': [get(`${EXTRACT}?format=json`), get(`${EXTRACT}?format=ndjson&nulls=omit`)],
  GraphQL: [
    graphql('{ interviews(first: 200) { totalCount nodes { interviewId startsAt canceled job { jobId } } } }'),
    graphql(
      `{ dataset { appointments } interviews(last: 50) { nodes { interviewId timeSlots { startsAt }
           appointments(first: 5) { nodes { startsAt interviewer { employeeId name } } } } }
         jobs(first: 20) { nodes { jobId interviews(first: 2) { totalCount } } } }`,
    ),
  ],
  metrics: ['2026-04-01', '2026-07-01', '2026-10-01', '2026-12-01'].map(metricsAt),
  OData: [
    get('/odata/v4/Appointments?$count=true&$top=300&$select=interviewId,startTime,interviewerStatus'),
    get('/odata/v4/Interviews?$orderby=interviewId&$top=100'),
  ],
};

/** An import that leaves the rows of an extract, and no others. */
export const importOf = (csv: string): Work => ({
  method: 'POST',
  path: `${EXTRACT}?replaceAll=true&allowRemovals=true`,
  headers: { 'content-type': 'text/csv' },
  body: csv,
});
