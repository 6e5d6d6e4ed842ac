import { type FragmentType, graphql, unmask } from './gql/index.ts';
import { localTime } from './times.ts';

const INTERVIEW_ROW = graphql(`
  fragment InterviewRow on Interview {
    interviewId
    type
    startsAt
    timeZone
    job {
      jobId
      title
    }
    candidate {
      candidateProfileId
      name
    }
    interviewers {
      employeeId
      name
    }
  }
`);

interface InterviewRowProps {
  interview: FragmentType<typeof INTERVIEW_ROW>;
  onCandidate(candidateProfileId: string): void;
}

export function InterviewRow({ interview, onCandidate }: InterviewRowProps) {
  const { type, startsAt, timeZone, job, candidate, interviewers } = unmask(INTERVIEW_ROW, interview);
  return (
    <li>
      <time dateTime={startsAt ?? undefined}>{localTime(startsAt, timeZone)}</time>
      <span>
        {type ?? 'Interview'} for {job?.title ?? job?.jobId ?? 'a job that isn’t stated'}
      </span>
      <span>
        {interviewers.map(({ employeeId, name }) => name ?? employeeId).join(', ') || 'Nobody interviews yet'}
      </span>
      {candidate && (
        <button type="button" onClick={() => onCandidate(candidate.candidateProfileId)}>
          Panel of {candidate.name ?? candidate.candidateProfileId}
        </button>
      )}
    </li>
  );
}
