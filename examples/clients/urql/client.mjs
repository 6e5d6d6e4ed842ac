import { Client, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';

/** A list that grows page by page: one for each filter and order, whatever the size of its pages. */
const pages = relayPagination();

/** These have no id: each is kept with what it belongs to. */
const none = () => null;

/** What the cache has to know of the schema. */
export const keys = {
  ApplicationConnection: none,
  ApplicationEdge: none,
  AppointmentConnection: none,
  AppointmentEdge: none,
  AuditEntry: none,
  AuditEntryConnection: none,
  AuditEntryEdge: none,
  CandidateConnection: none,
  CandidateEdge: none,
  Dataset: none,
  ExtractRow: none,
  FeedbackBacklog: none,
  FeedbackTime: none,
  Import: none,
  InterviewConnection: none,
  InterviewEdge: none,
  InterviewerConnection: none,
  InterviewerEdge: none,
  InterviewerLoad: none,
  JobConnection: none,
  JobEdge: none,
  MetricDefinition: none,
  MetricGroup: none,
  MetricKey: none,
  MetricValues: none,
  Metrics: none,
  PageInfo: none,
  Period: none,
  Rate: none,
  RateBudget: none,
  Statistics: none,
  TimeSlotConnection: none,
  TimeSlotEdge: none,
  Viewer: none,
};
export const resolvers = {
  Query: {
    applications: pages,
    appointments: pages,
    audit: pages,
    candidates: pages,
    interviewers: pages,
    interviews: pages,
    jobs: pages,
  },
  Application: { appointments: pages, interviews: pages, timeSlots: pages },
  Candidate: { applications: pages, appointments: pages, interviews: pages, timeSlots: pages },
  Interview: { appointments: pages },
  Interviewer: { appointments: pages, createdInterviews: pages, interviews: pages },
  Job: { applications: pages, appointments: pages, candidates: pages, interviews: pages, timeSlots: pages },
};

/** A client of the service at an address such as http://127.0.0.1:4000. `fetch` is for tests. */
export const createClient = ({ service, token, fetch = globalThis.fetch }) =>
  new Client({
    url: `${service}/graphql`,
    // What is asked would otherwise stand in the address, and so in logs.
    preferGetMethod: false,
    fetchOptions: { headers: { 'X-SmartToken': token } },
    fetch,
    exchanges: [cacheExchange({ keys, resolvers }), fetchExchange],
  });
