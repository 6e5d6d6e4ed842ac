import { builder } from '../builder.ts';
import { connectionField } from '../connection/connections.ts';
import { requireStorable } from '../connection/storable.ts';
import { Application } from './application.ts';
import { Candidate } from './candidate.ts';
import { Interview } from './interview.ts';
import { Interviewer } from './interviewer.ts';
import { Job } from './job.ts';

builder.queryType({
  description: 'The query root.',
  fields: (t) => ({
    interview: t.prismaField({
      type: Interview,
      nullable: true,
      description: 'Looks up an interview by its ID in the applicant-tracking system.',
      args: { interviewId: t.arg.string({ required: true, description: 'ID.' }) },
      resolve: (query, _root, { interviewId }, { prisma }) =>
        prisma.interview.findUnique({ ...query, where: { interviewId: requireStorable('interviewId', interviewId) } }),
    }),
    interviewer: t.prismaField({
      type: Interviewer,
      nullable: true,
      description: 'Looks up an employee by ID in the applicant-tracking system.',
      args: { employeeId: t.arg.string({ required: true, description: 'ID.' }) },
      resolve: (query, _root, { employeeId }, { prisma }) =>
        prisma.employee.findUnique({ ...query, where: { employeeId: requireStorable('employeeId', employeeId) } }),
    }),
    candidate: t.prismaField({
      type: Candidate,
      nullable: true,
      description: 'Looks up a candidate by ID in the applicant-tracking system.',
      args: { candidateProfileId: t.arg({ type: 'UUID', required: true, description: 'ID.' }) },
      resolve: (query, _root, { candidateProfileId }, { prisma }) =>
        prisma.candidate.findUnique({ ...query, where: { candidateProfileId } }),
    }),
    job: t.prismaField({
      type: Job,
      nullable: true,
      description: 'Looks up a job by its ID in the applicant-tracking system.',
      args: { jobId: t.arg({ type: 'UUID', required: true, description: 'ID.' }) },
      resolve: (query, _root, { jobId }, { prisma }) => prisma.job.findUnique({ ...query, where: { jobId } }),
    }),
    application: t.prismaField({
      type: Application,
      nullable: true,
      description: 'Looks up an application by its ID in the applicant-tracking system.',
      args: { applicationId: t.arg({ type: 'UUID', required: true, description: 'ID.' }) },
      resolve: (query, _root, { applicationId }, { prisma }) =>
        prisma.application.findUnique({ ...query, where: { applicationId } }),
    }),
    interviews: t.field(connectionField('interview', t.arg, 'All interviews.')),
    appointments: t.field(connectionField('appointment', t.arg, 'All appointments: the rows of the extract.')),
    interviewers: t.field(connectionField('employee', t.arg, 'All employees who interview or schedule.')),
    candidates: t.field(connectionField('candidate', t.arg, 'All candidates.')),
    jobs: t.field(connectionField('job', t.arg, 'All jobs.')),
    applications: t.field(connectionField('application', t.arg, 'All applications.')),
  }),
});
