import { Failure } from '../domain/errors.ts';
import { UUID } from '../domain/values/cells.ts';

/** The id of something inside an interview: its own UUID and the interview's id. */
export const writePair = (uuid: string, interviewId: string): string => `${uuid}:${interviewId}`;

/** Reads what `writePair` wrote. Errors: BAD_USER_INPUT. */
export function pairOf(id: string): [uuid: string, interviewId: string] {
  const [uuid = '', interviewId = ''] = [id.slice(0, 36), id.slice(37)];
  if (!UUID.test(uuid) || id[36] !== ':' || interviewId === '')
    throw new Failure('BAD_USER_INPUT', 'id: this is no id of this API.');
  return [uuid, interviewId];
}
