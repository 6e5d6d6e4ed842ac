import { type FragmentType, graphql, unmask } from './gql/index.ts';
import { localTime } from './times.ts';

const APPOINTMENT_ROW = graphql(`
  fragment AppointmentRow on Appointment {
    status
    rating
    interviewerName
    timeSlot {
      startsAt
      applicationStep
    }
    interview {
      timeZone
      canceled
    }
  }
`);

interface AppointmentRowProps {
  appointment: FragmentType<typeof APPOINTMENT_ROW>;
}

export function AppointmentRow({ appointment }: AppointmentRowProps) {
  const { status, rating, interviewerName, timeSlot, interview } = unmask(APPOINTMENT_ROW, appointment);
  return (
    <tr>
      <td>{localTime(timeSlot.startsAt, interview.timeZone)}</td>
      <td>{timeSlot.applicationStep}</td>
      <td>{interviewerName ?? '–'}</td>
      <td>{interview.canceled ? 'CANCELED' : (status ?? '–')}</td>
      <td>{rating ?? '–'}</td>
    </tr>
  );
}
