import { createElement } from 'react';
import { graphql, useLazyLoadQuery, usePaginationFragment } from 'react-relay';

/** The interviews of a job, more of them at each press of a button. */
export function InterviewsOfJob({ jobId }) {
  const { job } = useLazyLoadQuery(
    graphql`
      query interviewsOfJobQuery($jobId: UUID!) {
        job(jobId: $jobId) {
          ...interviewsOfJob_job
        }
      }
    `,
    { jobId },
  );
  return job ? createElement(List, { job }) : null;
}

function List({ job }) {
  const { data, hasNext, isLoadingNext, loadNext } = usePaginationFragment(
    graphql`
      fragment interviewsOfJob_job on Job
      @argumentDefinitions(first: { type: "Int", defaultValue: 3 }, after: { type: "String" })
      @refetchable(queryName: "interviewsOfJobMoreQuery") {
        title
        interviews(first: $first, after: $after, orderBy: [{ field: STARTS_AT, direction: DESC }])
          @connection(key: "interviewsOfJob_interviews") {
          edges {
            node {
              id
              startsAt
              canceled
            }
          }
        }
      }
    `,
    job,
  );
  return [
    ...data.interviews.edges.map(({ node }) =>
      createElement('li', { key: node.id }, node.startsAt ?? 'no date', node.canceled && ' (canceled)'),
    ),
    hasNext &&
      createElement(
        'button',
        { key: 'more', type: 'button', disabled: isLoadingNext, onClick: () => loadNext(3) },
        'More',
      ),
  ];
}
