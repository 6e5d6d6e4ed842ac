import type { RESPONSE_STATUSES } from '../../domain/fields.ts';
import type { Random, Shares } from '../random.ts';

/** What somebody who was invited answered. */
export type ResponseStatus = (typeof RESPONSE_STATUSES)[number];

/** Before the time has come many have not answered; afterwards hardly anybody has not. */
const AHEAD: Shares<ResponseStatus> = [
  ['ACCEPTED', 0.51],
  ['PENDING', 0.37],
  ['TENTATIVE', 0.06],
  ['DECLINED', 0.06],
];
const PAST: Shares<ResponseStatus> = [
  ['ACCEPTED', 0.83],
  ['PENDING', 0.09],
  ['TENTATIVE', 0.03],
  ['DECLINED', 0.05],
];

/** The answer that stands in an extract taken before or after the time has come. */
export function response(random: Random, past: boolean): ResponseStatus {
  return random.weighted(past ? PAST : AHEAD);
}
