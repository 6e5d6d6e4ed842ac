/**
 * The questions of the GraphQL benchmark. Each stands in three dialects: `ours`, which Mercurius is asked too, `postgraphile`, whose aliases
 * give the same names, and `bare`: a statement whose rows are the items as JSON, and the text around them.
 */

/** A row of a statement as a JSON object, and its rows as a list of them. `json_build_object` takes twice as long in Postgres. */
const object = (select) => `(SELECT row_to_json(o) FROM (SELECT ${select}) o)`;
const list = (select) => `ARRAY(SELECT row_to_json(o) FROM (SELECT ${select}) o)`;
const nodes = (select) => object(`${list(select)} AS nodes`);

/** What hangs on an interview, in the three dialects. */
const PANEL = {
  ours: `interviewId startsAt type job { jobId title } candidate { candidateProfileId }
    timeSlots { startTime endTime appointments { status interviewer { employeeId firstName lastName } } }`,
  postgraphile: `interviewId startsAt type job: jobByJobId { jobId title } candidate: candidateByCandidateProfileId { candidateProfileId }
    timeSlots: timeSlotsByInterviewId(orderBy: [START_TIME_ASC, END_TIME_ASC, SLOT_ID_ASC]) { nodes { startTime endTime
      appointments: appointmentsByInterviewIdAndSlotId(orderBy: [INTERVIEWER_EMPLOYEE_ID_ASC, ROW_ID_ASC]) { nodes {
        status: interviewerStatus interviewer: employeeByInterviewerEmployeeId { employeeId firstName lastName } } } } }`,
  bare: object(`i.interview_id AS "interviewId", i.starts_at AS "startsAt", i.type,
    ${object('j.job_id AS "jobId", j.title FROM job j WHERE j.job_id = i.job_id')} AS job,
    ${object('c.candidate_profile_id AS "candidateProfileId" FROM candidate c WHERE c.candidate_profile_id = i.candidate_profile_id')} AS candidate,
    ${list(`s.start_time AS "startTime", s.end_time AS "endTime",
      ${list(`a.interviewer_status AS status,
        ${object(`e.employee_id AS "employeeId", e.first_name AS "firstName", e.last_name AS "lastName"
          FROM employee e WHERE e.employee_id = a.interviewer_employee_id`)} AS interviewer
        FROM appointment a WHERE a.interview_id = s.interview_id AND a.slot_id = s.slot_id
        ORDER BY a.interviewer_employee_id, a.row_id`)} AS appointments
      FROM time_slot s WHERE s.interview_id = i.interview_id ORDER BY s.start_time, s.end_time, s.slot_id`)} AS "timeSlots"`),
};

/** The text around the items of a list, and around one item. */
const within = (field) => ({ head: `{"data":{"${field}":{"nodes":[`, tail: ']}}}' });
const alone = (field) => ({ head: `{"data":{"${field}":`, tail: '}}' });

/** The questions by name. Those with an `id` are asked for one interview after another, as the variable `id` and as $1. */
export const QUESTIONS = {
  Q1: {
    label: '50 interviews in the order of their start, with job, candidate, time slots, appointments and interviewers',
    ours: `{ interviews(first: 50) { nodes { ${PANEL.ours} } } }`,
    postgraphile: `{ interviews: allInterviews(first: 50, orderBy: [STARTS_AT_ASC, INTERVIEW_ID_ASC]) { nodes { ${PANEL.postgraphile} } } }`,
    bare: {
      ...within('interviews'),
      sql: `SELECT ${PANEL.bare}::text FROM interview i ORDER BY i.starts_at, i.interview_id LIMIT 50`,
    },
  },
  Q2: {
    label: 'one interview by its id, with its job',
    byId: true,
    ours: `query ($id: String!) { interview(interviewId: $id) { interviewId startsAt endsAt type location job { jobId title } } }`,
    postgraphile: `query ($id: String!) { interview: interviewByInterviewId(interviewId: $id) {
      interviewId startsAt endsAt type location job: jobByJobId { jobId title } } }`,
    bare: {
      ...alone('interview'),
      sql: `SELECT ${object(`i.interview_id AS "interviewId", i.starts_at AS "startsAt", i.ends_at AS "endsAt", i.type, i.location,
        ${object('j.job_id AS "jobId", j.title FROM job j WHERE j.job_id = i.job_id')} AS job`)}::text
        FROM interview i WHERE i.interview_id = $1`,
    },
  },
  Q2n: {
    label: 'one interview by its id, with all that Q1 asks of each',
    byId: true,
    ours: `query ($id: String!) { interview(interviewId: $id) { ${PANEL.ours} } }`,
    postgraphile: `query ($id: String!) { interview: interviewByInterviewId(interviewId: $id) { ${PANEL.postgraphile} } }`,
    bare: { ...alone('interview'), sql: `SELECT ${PANEL.bare}::text FROM interview i WHERE i.interview_id = $1` },
  },
  Q3: {
    label: '50 interviewers, each with the number of its appointments and the first 10 of them',
    ours: `{ interviewers(first: 50) { nodes { employeeId firstName lastName
      appointments(first: 10) { totalCount nodes { startsAt endsAt status } } } } }`,
    postgraphile: `{ interviewers: allEmployees(first: 50, orderBy: [EMPLOYEE_ID_ASC]) { nodes { employeeId firstName lastName
      appointments: appointmentsByInterviewerEmployeeId(first: 10, orderBy: [STARTS_AT_ASC, INTERVIEW_ID_ASC, ROW_ID_ASC]) {
        totalCount nodes { startsAt endsAt status: interviewerStatus } } } } }`,
    bare: {
      ...within('interviewers'),
      sql: `SELECT ${object(`e.employee_id AS "employeeId", e.first_name AS "firstName", e.last_name AS "lastName",
        ${object(`(SELECT count(*) FROM appointment a WHERE a.interviewer_employee_id = e.employee_id) AS "totalCount",
          ${list(`a.starts_at AS "startsAt", a.ends_at AS "endsAt", a.interviewer_status AS status
            FROM appointment a WHERE a.interviewer_employee_id = e.employee_id
            ORDER BY a.starts_at, a.interview_id, a.row_id LIMIT 10`)} AS nodes`)} AS appointments`)}::text
        FROM employee e ORDER BY e.employee_id LIMIT 50`,
    },
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
    bare: {
      ...within('interviews'),
      sql: `SELECT ${object(`i.interview_id AS "interviewId",
        ${object(`j.job_id AS "jobId", ${nodes(`k.interview_id AS "interviewId",
          ${object(`c.candidate_profile_id AS "candidateProfileId", ${nodes(`p.application_id AS "applicationId",
            ${object('q.job_id AS "jobId" FROM job q WHERE q.job_id = p.job_id')} AS job
            FROM application p WHERE p.candidate_profile_id = c.candidate_profile_id ORDER BY p.application_id LIMIT 2`)} AS applications
            FROM candidate c WHERE c.candidate_profile_id = k.candidate_profile_id`)} AS candidate
          FROM (SELECT interview_id, candidate_profile_id FROM interview
            WHERE job_id = j.job_id ORDER BY starts_at, interview_id LIMIT 2) k`)} AS interviews
          FROM job j WHERE j.job_id = i.job_id`)} AS job,
        ${list(`s.start_time AS "startTime", ${list(`a.interviewer_status AS status,
          ${object('e.employee_id AS "employeeId" FROM employee e WHERE e.employee_id = a.interviewer_employee_id')} AS interviewer
          FROM appointment a WHERE a.interview_id = s.interview_id AND a.slot_id = s.slot_id
          ORDER BY a.interviewer_employee_id, a.row_id`)} AS appointments
          FROM time_slot s WHERE s.interview_id = i.interview_id ORDER BY s.start_time, s.end_time, s.slot_id`)} AS "timeSlots"`)}::text
        FROM interview i ORDER BY i.starts_at, i.interview_id LIMIT 8`,
    },
  },
};
