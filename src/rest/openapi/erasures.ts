import { ERASURES_PATH } from '../../domain/paths.ts';
import { POST_FAILURES, post } from './administration.ts';
import { apiResponse, failures, jsonContent } from './responses.ts';
import { arraySchema, countSchema, flagSchema, objectSchema, type Schema } from './schema.ts';

export const ERASURE_PATHS: Schema = {
  [ERASURES_PATH]: {
    post: post(
      'Erasure',
      'erasePeople',
      'Forget people: in all stored rows, and in every later import',
      `"$URL${ERASURES_PATH}" -d '{"candidates": ["3f2504e0-4f89-41d3-9a0c-0305e82c3301"], "dryRun": true}'`,
      objectSchema({}, 'Up to 1,000 people.', {
        candidates: arraySchema({ type: 'string', format: 'uuid' }, 'Profile IDs of candidates.'),
        employees: arraySchema({ type: 'string' }, 'IDs of interviewers and creators.'),
        dryRun: flagSchema('Only counts what would change.'),
      }),
      {
        200: apiResponse(
          'What was changed, or would have been.',
          jsonContent(
            objectSchema({
              saved: flagSchema('Whether anything was saved.'),
              people: countSchema('People.'),
              rows: countSchema('Stored rows that named one of them.'),
              names: countSchema('Candidates with a name beside the rows.'),
              unknown: arraySchema({ type: 'string' }, 'Ids that nothing stored has: mistyped, or erased before.'),
              vacuumed: flagSchema(
                'Whether the tables were cleared of the former rows; otherwise the server does it later.',
              ),
            }),
          ),
        ),
        ...failures(['CONFLICT', ...POST_FAILURES]),
      },
    ),
  },
};
