import { useQuery } from 'urql';
import { Failure } from './failure.tsx';
import type { InterviewWhere } from './gql/graphql.ts';
import { graphql } from './gql/index.ts';
import { InterviewRow } from './interview-row.tsx';

const INTERVIEW_PAGE = graphql(`
  query InterviewPage($where: InterviewWhere!, $after: String) {
    interviews(first: 20, after: $after, where: $where) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        ...InterviewRow
      }
    }
  }
`);

interface InterviewPageProps {
  where: InterviewWhere;
  /** The cursor after which the page begins; null: the first one. */
  after: string | null;
  onCandidate(candidateProfileId: string): void;
  /** Asks for the next page; null where it is there already. */
  onMore: ((cursor: string) => void) | null;
}

export function InterviewPage({ where, after, onCandidate, onMore }: InterviewPageProps) {
  const [{ data, error, fetching }, ask] = useQuery({ query: INTERVIEW_PAGE, variables: { where, after } });
  if (fetching) return <p aria-busy="true">Loading interviews…</p>;
  if (error) return <Failure error={error} ask={ask} />;
  if (!data) return null;
  const { nodes, pageInfo } = data.interviews;
  if (nodes.length === 0 && after === null) return <p>No interview is planned that fits.</p>;
  return (
    <>
      <ul>
        {nodes.map((interview) => (
          <InterviewRow key={interview.id} interview={interview} onCandidate={onCandidate} />
        ))}
      </ul>
      {onMore && pageInfo.hasNextPage && (
        <button type="button" onClick={() => pageInfo.endCursor && onMore(pageInfo.endCursor)}>
          Load more
        </button>
      )}
    </>
  );
}
