import { useQuery } from 'urql';
import { Failure } from './failure.tsx';
import { graphql } from './gql/index.ts';

const JOBS = graphql(`
  query Jobs {
    jobs(first: 100, orderBy: [{ field: TITLE }]) {
      nodes {
        id
        jobId
        title
      }
    }
  }
`);

interface JobFilterProps {
  /** The id of a job; null: all of them. */
  value: string | null;
  onChange(jobId: string | null): void;
}

export function JobFilter({ value, onChange }: JobFilterProps) {
  const [{ data, error }, ask] = useQuery({ query: JOBS });
  if (error) return <Failure error={error} ask={ask} />;
  return (
    <label>
      Job{' '}
      <select value={value ?? ''} onChange={({ target }) => onChange(target.value || null)}>
        <option value="">All jobs</option>
        {data?.jobs.nodes.map(({ id, jobId, title }) => (
          <option key={id} value={jobId}>
            {title ?? jobId}
          </option>
        ))}
      </select>
    </label>
  );
}
