import { useMemo, useState } from 'react';
import { CandidatePanel } from './candidate-panel.tsx';
import type { InterviewWhere } from './gql/graphql.ts';
import { InterviewPage } from './interview-page.tsx';
import { JobFilter } from './job-filter.tsx';
import { startOfDay, today } from './times.ts';

/** The list with its filters, and the panel of the candidate who is chosen in it. */
export function UpcomingInterviews() {
  const [jobId, setJobId] = useState<string | null>(null);
  const [day, setDay] = useState(today);
  const [candidate, setCandidate] = useState<string | null>(null);
  const where = useMemo(
    (): InterviewWhere => ({
      startsAt: { gte: startOfDay(day) },
      canceled: { not: true },
      ...(jobId !== null && { jobId: { eq: jobId } }),
    }),
    [jobId, day],
  );
  return (
    <>
      <search>
        <JobFilter value={jobId} onChange={setJobId} />
        <label>
          From{' '}
          <input type="date" required value={day} onChange={({ target }) => target.value && setDay(target.value)} />
        </label>
      </search>
      <div className="columns">
        <section aria-label="Interviews">
          {/* Another filter is another list, which begins at its first page. */}
          <Pages key={JSON.stringify(where)} where={where} onCandidate={setCandidate} />
        </section>
        {candidate !== null && (
          <CandidatePanel key={candidate} candidateProfileId={candidate} onClose={() => setCandidate(null)} />
        )}
      </div>
    </>
  );
}

interface PagesProps {
  where: InterviewWhere;
  onCandidate(candidateProfileId: string): void;
}

/** As many pages as were asked for, each by the cursor at the end of the one before. */
function Pages({ where, onCandidate }: PagesProps) {
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  return cursors.map((after, place) => (
    <InterviewPage
      key={after}
      where={where}
      after={after}
      onCandidate={onCandidate}
      onMore={place === cursors.length - 1 ? (cursor) => setCursors([...cursors, cursor]) : null}
    />
  ));
}
