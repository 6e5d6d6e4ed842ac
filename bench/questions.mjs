/**
 * The questions of the GraphQL benchmark. Each stands in three dialects: `ours`, which Mercurius is asked too, `postgraphile`, whose aliases
 * give the same names, and `bare`, the statement whose one value is the answer as JSON.
 */

const JOB = `(SELECT json_build_object('jobId', j.job_id, 'title', j.title) FROM job j WHERE j.job_id = i.job_id)`;

/** What hangs on an interview, in the three dialects. */
const PANEL = {
  ours: `interviewId startsAt type job { jobId title } candidate { candidateProfileId }
    timeSlots { startTime endTime appointments { status interviewer { employeeId firstName lastName } } }`,
  postgraphile: `interviewId startsAt type job: jobByJobId { jobId title } candidate: candidateByCandidateProfileId { candidateProfileId }
    timeSlots: timeSlotsByInterviewId(orderBy: [START_TIME_ASC, END_TIME_ASC, SLOT_ID_ASC]) { nodes { startTime endTime
      appointments: appointmentsByInterviewIdAndSlotId(orderBy: [INTERVIEWER_EMPLOYEE_ID_ASC, ROW_ID_ASC]) { nodes {
        status: interviewerStatus interviewer: employeeByInterviewerEmployeeId { employeeId firstName lastName } } } } }`,
  bare: `json_build_object('interviewId', i.interview_id, 'startsAt', i.starts_at, 'type', i.type, 'job', ${JOB},
    'candidate', (SELECT json_build_object('candidateProfileId', c.candidate_profile_id)
      FROM candidate c WHERE c.candidate_profile_id = i.candidate_profile_id),
    'timeSlots', ARRAY(SELECT json_build_object('startTime', s.start_time, 'endTime', s.end_time,
      'appointments', ARRAY(SELECT json_build_object('status', a.interviewer_status, 'interviewer',
          (SELECT json_build_object('employeeId', e.employee_id, 'firstName', e.first_name, 'lastName', e.last_name)
            FROM employee e WHERE e.employee_id = a.interviewer_employee_id))
        FROM appointment a WHERE a.interview_id = s.interview_id AND a.slot_id = s.slot_id
        ORDER BY a.interviewer_employee_id, a.row_id))
      FROM time_slot s WHERE s.interview_id = i.interview_id ORDER BY s.start_time, s.end_time, s.slot_id))`,
};

/** The questions by name. Those with an `id` are asked for one interview after another, as the variable `id` and as $1. */
export const QUESTIONS = {
  Q1: {
    label: '50 interviews in the order of their start, with job, candidate, time slots, appointments and interviewers',
    ours: `{ interviews(first: 50) { nodes { ${PANEL.ours} } } }`,
    postgraphile: `{ interviews: allInterviews(first: 50, orderBy: [STARTS_AT_ASC, INTERVIEW_ID_ASC]) { nodes { ${PANEL.postgraphile} } } }`,
    bare: `json_build_object('interviews', json_build_object('nodes',
      ARRAY(SELECT ${PANEL.bare} FROM interview i ORDER BY i.starts_at, i.interview_id LIMIT 50)))`,
  },
  Q2: {
    label: 'one interview by its id, with its job',
    byId: true,
    ours: `query ($id: String!) { interview(interviewId: $id) { interviewId startsAt endsAt type location job { jobId title } } }`,
    postgraphile: `query ($id: String!) { interview: interviewByInterviewId(interviewId: $id) {
      interviewId startsAt endsAt type location job: jobByJobId { jobId title } } }`,
    bare: `json_build_object('interview', (SELECT json_build_object('interviewId', i.interview_id, 'startsAt', i.starts_at,
      'endsAt', i.ends_at, 'type', i.type, 'location', i.location, 'job', ${JOB}) FROM interview i WHERE i.interview_id = $1))`,
  },
  Q2n: {
    label: 'one interview by its id, with all that Q1 asks of each',
    byId: true,
    ours: `query ($id: String!) { interview(interviewId: $id) { ${PANEL.ours} } }`,
    postgraphile: `query ($id: String!) { interview: interviewByInterviewId(interviewId: $id) { ${PANEL.postgraphile} } }`,
    bare: `json_build_object('interview', (SELECT ${PANEL.bare} FROM interview i WHERE i.interview_id = $1))`,
  },
  Q3: {
    label: '50 interviewers, each with the number of its appointments and the first 10 of them',
    ours: `{ interviewers(first: 50) { nodes { employeeId firstName lastName
      appointments(first: 10) { totalCount nodes { startsAt endsAt status } } } } }`,
    postgraphile: `{ interviewers: allEmployees(first: 50, orderBy: [EMPLOYEE_ID_ASC]) { nodes { employeeId firstName lastName
      appointments: appointmentsByInterviewerEmployeeId(first: 10, orderBy: [STARTS_AT_ASC, INTERVIEW_ID_ASC, ROW_ID_ASC]) {
        totalCount nodes { startsAt endsAt status: interviewerStatus } } } } }`,
    bare: `json_build_object('interviewers', json_build_object('nodes', ARRAY(SELECT json_build_object('employeeId', e.employee_id,
        'firstName', e.first_name, 'lastName', e.last_name, 'appointments', json_build_object(
          'totalCount', (SELECT count(*) FROM appointment a WHERE a.interviewer_employee_id = e.employee_id),
          'nodes', ARRAY(SELECT json_build_object('startsAt', a.starts_at, 'endsAt', a.ends_at, 'status', a.interviewer_status)
            FROM (SELECT * FROM appointment WHERE interviewer_employee_id = e.employee_id
              ORDER BY starts_at, interview_id, row_id LIMIT 10) a)))
      FROM employee e ORDER BY e.employee_id LIMIT 50)))`,
  },
  Q5: {
    label: '8 interviews, five levels down to the jobs that their candidates have also applied for',
    ours: `{ interviews(first: 8) { nodes { interviewId
      job { jobId interviews(first: 2) { nodes { interviewId
        candidate { candidateProfileId applications(first: 2) { nodes { applicationId job { jobId } } } } } } }
      timeSlots { startTime appointments { status
        interviewer { employeeId } } } } } }`,
    postgraphile: `{ interviews: allInterviews(first: 8, orderBy: [STARTS_AT_ASC, INTERVIEW_ID_ASC]) { nodes { interviewId
      job: jobByJobId { jobId interviews: interviewsByJobId(first: 2, orderBy: [STARTS_AT_ASC, INTERVIEW_ID_ASC]) { nodes { interviewId
        candidate: candidateByCandidateProfileId { candidateProfileId
          applications: applicationsByCandidateProfileId(first: 2, orderBy: [APPLICATION_ID_ASC]) { nodes { applicationId
            job: jobByJobId { jobId } } } } } } }
      timeSlots: timeSlotsByInterviewId(orderBy: [START_TIME_ASC, END_TIME_ASC, SLOT_ID_ASC]) { nodes { startTime
        appointments: appointmentsByInterviewIdAndSlotId(orderBy: [INTERVIEWER_EMPLOYEE_ID_ASC, ROW_ID_ASC]) { nodes {
          status: interviewerStatus interviewer: employeeByInterviewerEmployeeId { employeeId } } } } } } } }`,
    bare: `json_build_object('interviews', json_build_object('nodes', ARRAY(SELECT json_build_object('interviewId', i.interview_id,
      'job', (SELECT json_build_object('jobId', j.job_id, 'interviews', json_build_object('nodes',
          ARRAY(SELECT json_build_object('interviewId', k.interview_id, 'candidate',
              (SELECT json_build_object('candidateProfileId', c.candidate_profile_id, 'applications', json_build_object('nodes',
                  ARRAY(SELECT json_build_object('applicationId', p.application_id, 'job',
                      (SELECT json_build_object('jobId', q.job_id) FROM job q WHERE q.job_id = p.job_id))
                    FROM application p WHERE p.candidate_profile_id = c.candidate_profile_id ORDER BY p.application_id LIMIT 2)))
                FROM candidate c WHERE c.candidate_profile_id = k.candidate_profile_id))
            FROM (SELECT * FROM interview WHERE job_id = j.job_id ORDER BY starts_at, interview_id LIMIT 2) k)))
        FROM job j WHERE j.job_id = i.job_id),
      'timeSlots', ARRAY(SELECT json_build_object('startTime', s.start_time,
        'appointments', ARRAY(SELECT json_build_object('status', a.interviewer_status, 'interviewer',
            (SELECT json_build_object('employeeId', e.employee_id) FROM employee e WHERE e.employee_id = a.interviewer_employee_id))
          FROM appointment a WHERE a.interview_id = s.interview_id AND a.slot_id = s.slot_id
          ORDER BY a.interviewer_employee_id, a.row_id))
        FROM time_slot s WHERE s.interview_id = i.interview_id ORDER BY s.start_time, s.end_time, s.slot_id))
      FROM (SELECT * FROM interview ORDER BY starts_at, interview_id LIMIT 8) i)))`,
  },
};

/** The whole body of a bare answer as text, so that nothing is read or written again on its way. */
export const bareStatement = ({ bare }) => `SELECT '{"data":' || ${bare} || '}'`;
