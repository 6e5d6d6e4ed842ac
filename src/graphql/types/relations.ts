/** The ways from one thing to many others. */
import { queryFromInfo } from '@pothos/plugin-prisma';
import type { GraphQLResolveInfo } from 'graphql';
import { parentKey, readPages } from '../../db/query/pages.ts';
import { type EntityName, relationOf } from '../../domain/entities.ts';
import { builder } from '../builder.ts';
import { connectionField } from '../connection/connections.ts';
import { loadNodes, type NodeEntity } from '../connection/load-nodes.ts';
import { NAMES } from '../connection/names.ts';
import { sortKeysOf } from '../connection/order.ts';
import type { Context } from '../context.ts';
import { Application } from './application.ts';
import { relationField } from './attribute-field.ts';
import { Candidate } from './candidate.ts';
import { Interview } from './interview.ts';
import { Interviewer } from './interviewer.ts';
import { Job } from './job.ts';

const descriptionOf = (of: EntityName, name: string): string => relationField(of, name).description;

const MAX_LIST_SIZE = 1_000;

/** All things that a relation leads to, in the order of their keys. Errors: DATABASE_UNAVAILABLE. */
async function list(
  of: EntityName,
  name: string,
  key: string,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<object[]> {
  const found = relationOf(of, name);
  const entity = found.to as NodeEntity;
  const query = queryFromInfo({ context, info, typeName: NAMES[entity] });
  const { query: queryDatabase, prisma, loaders } = context;
  return await loaders.load('list', info, key, async (parents) => {
    const request = {
      entity,
      where: { all: [] },
      order: sortKeysOf(entity, null),
      size: MAX_LIST_SIZE,
      from: null,
      until: null,
      backward: false,
    };
    const owners = parents.map((parent) => [parent]);
    const pages = await readPages(queryDatabase, request, { of, relation: found }, owners);
    const keys = [...pages.values()].flatMap(({ rows }) => rows.map((row) => row.key));
    const objects = await loadNodes(prisma, entity, keys, query);
    return owners.map((owner) =>
      (pages.get(parentKey(owner))?.rows ?? []).flatMap((row) => objects.get(JSON.stringify(row.key)) ?? []),
    );
  });
}

builder.prismaObjectFields(Interview, (t) => ({
  interviewers: t.field({
    type: [Interviewer],
    nullable: { list: false, items: false },
    description: descriptionOf('interview', 'interviewers'),
    resolve: ({ interviewId }, _args, context, info) =>
      list('interview', 'interviewers', interviewId, context, info) as never,
  }),
  appointments: t.field(
    connectionField(
      'appointment',
      t.arg,
      descriptionOf('interview', 'appointments'),
      ({ interviewId }: { interviewId: string }) => ({
        of: 'interview',
        relation: 'appointments',
        values: [interviewId],
      }),
    ),
  ),
}));

builder.prismaObjectFields(Interviewer, (t) => {
  const owned =
    (name: string) =>
    ({ employeeId }: { employeeId: string }) => ({ of: 'employee' as const, relation: name, values: [employeeId] });
  return {
    appointments: t.field(
      connectionField('appointment', t.arg, descriptionOf('employee', 'appointments'), owned('appointments')),
    ),
    interviews: t.field(
      connectionField('interview', t.arg, descriptionOf('employee', 'interviews'), owned('interviews')),
    ),
    createdInterviews: t.field(
      connectionField('interview', t.arg, descriptionOf('employee', 'createdInterviews'), owned('createdInterviews')),
    ),
  };
});

builder.prismaObjectFields(Candidate, (t) => {
  const owned =
    (name: string) =>
    ({ candidateProfileId }: { candidateProfileId: string }) => ({
      of: 'candidate' as const,
      relation: name,
      values: [candidateProfileId],
    });
  return {
    applications: t.field(
      connectionField('application', t.arg, descriptionOf('candidate', 'applications'), owned('applications')),
    ),
    appointments: t.field(
      connectionField('appointment', t.arg, descriptionOf('candidate', 'appointments'), owned('appointments')),
    ),
    interviews: t.field(
      connectionField('interview', t.arg, descriptionOf('candidate', 'interviews'), owned('interviews')),
    ),
    jobs: t.field({
      type: [Job],
      nullable: { list: false, items: false },
      description: descriptionOf('candidate', 'jobs'),
      resolve: ({ candidateProfileId }, _args, context, info) =>
        list('candidate', 'jobs', candidateProfileId, context, info) as never,
    }),
  };
});

builder.prismaObjectFields(Job, (t) => {
  const owned =
    (name: string) =>
    ({ jobId }: { jobId: string }) => ({ of: 'job' as const, relation: name, values: [jobId] });
  return {
    applications: t.field(
      connectionField('application', t.arg, descriptionOf('job', 'applications'), owned('applications')),
    ),
    appointments: t.field(
      connectionField('appointment', t.arg, descriptionOf('job', 'appointments'), owned('appointments')),
    ),
    interviews: t.field(connectionField('interview', t.arg, descriptionOf('job', 'interviews'), owned('interviews'))),
    candidates: t.field(connectionField('candidate', t.arg, descriptionOf('job', 'candidates'), owned('candidates'))),
    interviewers: t.field({
      type: [Interviewer],
      nullable: { list: false, items: false },
      description: descriptionOf('job', 'interviewers'),
      resolve: ({ jobId }, _args, context, info) => list('job', 'interviewers', jobId, context, info) as never,
    }),
  };
});

builder.prismaObjectFields(Application, (t) => {
  const owned =
    (name: string) =>
    ({ applicationId }: { applicationId: string }) => ({
      of: 'application' as const,
      relation: name,
      values: [applicationId],
    });
  return {
    appointments: t.field(
      connectionField('appointment', t.arg, descriptionOf('application', 'appointments'), owned('appointments')),
    ),
    interviews: t.field(
      connectionField('interview', t.arg, descriptionOf('application', 'interviews'), owned('interviews')),
    ),
  };
});
