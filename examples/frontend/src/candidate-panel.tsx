import { useQuery } from 'urql';
import { AppointmentRow } from './appointment-row.tsx';
import { Failure } from './failure.tsx';
import { graphql } from './gql/index.ts';

const CANDIDATE_PANEL = graphql(`
  query CandidatePanel($candidateProfileId: UUID!) {
    candidate(candidateProfileId: $candidateProfileId) {
      id
      name
      appointments(first: 100) {
        totalCount
        nodes {
          id
          ...AppointmentRow
        }
      }
    }
  }
`);

interface CandidatePanelProps {
  candidateProfileId: string;
  onClose(): void;
}

/** Everybody who interviews a candidate, with the answer and the rating. */
export function CandidatePanel({ candidateProfileId, onClose }: CandidatePanelProps) {
  const [{ data, error, fetching }, ask] = useQuery({ query: CANDIDATE_PANEL, variables: { candidateProfileId } });
  const appointments = data?.candidate?.appointments;
  return (
    <section aria-label="Panel">
      <h2>Panel of {data?.candidate?.name ?? candidateProfileId}</h2>
      <button type="button" onClick={onClose}>
        Close
      </button>
      {fetching && <p aria-busy="true">Loading the panel…</p>}
      {error && <Failure error={error} ask={ask} />}
      {data && !appointments?.totalCount && <p>Nobody has interviewed this candidate.</p>}
      {appointments && (
        <table>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">Step</th>
              <th scope="col">Interviewer</th>
              <th scope="col">Answer</th>
              <th scope="col">Rating</th>
            </tr>
          </thead>
          <tbody>
            {appointments.nodes.map((appointment) => (
              <AppointmentRow key={appointment.id} appointment={appointment} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
