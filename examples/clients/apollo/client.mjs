import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';

/** A list that grows page by page: one for each filter and order, whatever the size of its pages. */
const pages = relayStylePagination(['where', 'orderBy']);

/** The audit log grows as well: one list for each filter. */
const entries = relayStylePagination(['since', 'until', 'actor', 'action', 'outcome', 'personal', 'subject']);

/** What the cache has to know of the schema. */
export const possibleTypes = {
  Node: ['Application', 'Appointment', 'Candidate', 'Interview', 'Interviewer', 'Job', 'TimeSlot'],
};
export const typePolicies = {
  Query: {
    fields: {
      applications: pages,
      appointments: pages,
      audit: entries,
      candidates: pages,
      interviewers: pages,
      interviews: pages,
      jobs: pages,
    },
  },
  Application: { fields: { appointments: pages, interviews: pages, timeSlots: pages } },
  Candidate: { fields: { applications: pages, appointments: pages, interviews: pages, timeSlots: pages } },
  Interview: { fields: { appointments: pages } },
  Interviewer: { fields: { appointments: pages, createdInterviews: pages, interviews: pages } },
  Job: { fields: { applications: pages, appointments: pages, candidates: pages, interviews: pages, timeSlots: pages } },
  // These have no id: what two queries select of one is put together.
  AuditEntry: { merge: true },
  Dataset: { merge: true },
  ExtractRow: { merge: true },
  FeedbackBacklog: { merge: true },
  FeedbackTime: { merge: true },
  Import: { merge: true },
  InterviewerLoad: { merge: true },
  MetricDefinition: { merge: true },
  MetricGroup: { merge: true },
  MetricKey: { merge: true },
  MetricValues: { merge: true },
  Metrics: { merge: true },
  Period: { merge: true },
  Rate: { merge: true },
  RateBudget: { merge: true },
  Statistics: { merge: true },
  Viewer: { merge: true },
};

/** A client of the service at an address such as http://127.0.0.1:4000. `fetch` is for tests. */
export const createClient = ({ service, token, fetch = globalThis.fetch }) =>
  new ApolloClient({
    cache: new InMemoryCache({ possibleTypes, typePolicies }),
    link: new HttpLink({ uri: `${service}/graphql`, headers: { 'X-SmartToken': token }, fetch }),
  });
