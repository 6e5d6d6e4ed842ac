/** An example query in GraphiQL. */
export interface Example {
  /** The query; its first line is a comment with the question that it answers. */
  readonly query: string;
  /** Its variables: points in time, as days from today. */
  readonly days: Readonly<Record<string, number>>;
}

const NEEDS_PERSONAL = '# Needs a token with the scope personal.';

/** Questions of recruiting teams, each in a tab of its own, named after the operation. */
export const EXAMPLES: readonly Example[] = [
  {
    query: `# Which interviews are coming up, and who is on their panels?
${NEEDS_PERSONAL}
query UpcomingInterviews($from: DateTime!, $until: DateTime!) {
  interviews(
    first: 20
    where: { startsAt: { gte: $from, lt: $until }, canceled: { not: true } }
    orderBy: [{ field: STARTS_AT }]
  ) {
    totalCount
    nodes {
      startDate
      timeZone
      type
      location
      job { title department jobId }
      candidate { name candidateProfileId }
      candidateStatus
      timeSlots {
        startTime
        endTime
        room
        appointments { status interviewerName }
      }
    }
  }
}
`,
    days: { from: 0, until: 7 },
  },
  {
    query: `# Who declined, and whose interviews need somebody else?
${NEEDS_PERSONAL}
query DeclinedAppointments($from: DateTime!) {
  appointments(
    first: 20
    where: {
      startsAt: { gte: $from }
      status: { eq: DECLINED }
      interview: { canceled: { not: true } }
    }
    orderBy: [{ field: STARTS_AT }]
  ) {
    totalCount
    nodes {
      interviewerName
      interviewer { employeeId }
      timeSlot { startTime endTime room interviewerCount }
      interview {
        interviewId
        timeZone
        type
        job { title jobId }
        interviewers { name }
        creator { name }
      }
    }
  }
}
`,
    days: { from: 0 },
  },
  {
    query: `# Who still owes feedback on the interviews of the last two weeks?
${NEEDS_PERSONAL}
query MissingFeedback($since: DateTime!, $until: DateTime!) {
  appointments(
    first: 50
    where: {
      endsAt: { gte: $since, lt: $until }
      status: { eq: ACCEPTED }
      interview: { canceled: { not: true } }
      review: { isNull: true }
      rating: { isNull: true }
    }
    orderBy: [{ field: STARTS_AT }]
  ) {
    totalCount
    nodes {
      interviewerName
      interviewer { employeeId }
      timeSlot { endTime applicationStage applicationStep }
      interview {
        interviewId
        job { title jobId }
        candidate { name candidateProfileId }
      }
    }
  }
}
`,
    days: { since: -14, until: 0 },
  },
  {
    query: `# What does an interviewer’s week look like?
# Add "employeeId" to the variables for one person; these are the first three with appointments.
${NEEDS_PERSONAL}
query InterviewersWeek($from: DateTime!, $until: DateTime!, $employeeId: String) {
  interviewers(
    first: 3
    where: {
      employeeId: { eq: $employeeId }
      appointments: { some: { startsAt: { gte: $from, lt: $until } } }
    }
    orderBy: [{ field: LAST_NAME }]
  ) {
    nodes {
      employeeId
      name
      appointments(
        first: 40
        where: { startsAt: { gte: $from, lt: $until } }
        orderBy: [{ field: STARTS_AT }]
      ) {
        totalCount
        nodes {
          status
          timeSlot { startTime endTime duration room }
          interview { type timeZone canceled job { title } }
        }
      }
    }
  }
}
`,
    days: { from: 0, until: 7 },
  },
  {
    query: `# Which candidates wait for an interview that nobody has scheduled?
query WaitingApplications($from: DateTime!) {
  applications(
    first: 20
    where: {
      stage: { in: [NEW, IN_REVIEW, INTERVIEW] }
      interviews: { none: { startsAt: { gte: $from }, canceled: { not: true } } }
    }
  ) {
    totalCount
    nodes {
      applicationId
      stage
      step
      job { title department jobId }
      interviews(last: 1, orderBy: [{ field: STARTS_AT }]) {
        totalCount
        nodes { startDate type canceled }
      }
    }
  }
}
`,
    days: { from: 0 },
  },
  {
    query: `# How far along is each job?
query Jobs($from: DateTime!) {
  jobs(first: 20) {
    totalCount
    nodes {
      jobId
      title
      department
      interviewing: applications(first: 0, where: { stage: { eq: INTERVIEW } }) { totalCount }
      offered: applications(first: 0, where: { stage: { eq: OFFER } }) { totalCount }
      hired: applications(first: 0, where: { stage: { eq: HIRED } }) { totalCount }
      ahead: interviews(
        first: 0
        where: { startsAt: { gte: $from }, canceled: { not: true } }
      ) { totalCount }
    }
  }
}
`,
    days: { from: 0 },
  },
  {
    query: `# How many interviews were held each week, and how many were canceled, beside the weeks before?
query HeldByWeek {
  metrics(
    period: { last: { count: 12, unit: WEEK } }
    groupBy: [WEEK]
    compareTo: PREVIOUS_PERIOD
  ) {
    at
    groups {
      key { period { name complete } }
      values { heldInterviews cancellation { value denominator } }
      previous { heldInterviews cancellation { value } }
    }
    total { heldInterviews candidates cancellation { value } }
    previousTotal { heldInterviews candidates cancellation { value } }
  }
}
`,
    days: {},
  },
  {
    query: `# Who gives feedback on time, and who owes the most?
${NEEDS_PERSONAL}
query FeedbackByInterviewer {
  metrics(
    groupBy: [INTERVIEWER]
    orderBy: [{ metric: FEEDBACK_BACKLOG, direction: DESC }]
    first: 20
  ) {
    groupCount
    groups {
      key { interviewer { name employeeId } }
      values {
        feedback { value denominator }
        feedbackWithin(hours: 48) { value }
        feedbackBacklog { total underThirtyDays oldestEndedAt }
      }
    }
  }
}
`,
    days: {},
  },
  {
    query: `# What does interviewing take in each department, and how long do candidates wait?
# metricDefinitions lists all that can be measured.
query Departments {
  metrics(
    groupBy: [DEPARTMENT]
    orderBy: [{ metric: HELD_INTERVIEWER_HOURS, direction: DESC }]
    first: 50
  ) {
    groups {
      key { department }
      values {
        heldInterviews
        heldInterviewerHours
        schedulingLead { median p90 }
        upcomingSlots
        upcomingSlotsUncovered
        heldSlotsPerHire
      }
    }
  }
}
`,
    days: {},
  },
];
