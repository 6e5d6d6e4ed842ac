import type { RESPONSE_STATUSES } from '../../domain/fields.ts';
import type { Random, Shares } from '../random.ts';

/** The response to an invitation. */
export type ResponseStatus = (typeof RESPONSE_STATUSES)[number];

/** Before the interview many have not responded; after it hardly anyone has not. */
const BEFORE: Shares<ResponseStatus> = [
  ['ACCEPTED', 0.51],
  ['PENDING', 0.37],
  ['TENTATIVE', 0.06],
  ['DECLINED', 0.06],
];
const AFTER: Shares<ResponseStatus> = [
  ['ACCEPTED', 0.83],
  ['PENDING', 0.09],
  ['TENTATIVE', 0.03],
  ['DECLINED', 0.05],
];

/** Returns the response in an extract; `past`: whether the extract is taken after the interview. */
export function response(random: Random, past: boolean): ResponseStatus {
  return random.weighted(past ? AFTER : BEFORE);
}
