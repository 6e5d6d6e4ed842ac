import type { FastifyReply } from 'fastify';
import { Failure } from '../../domain/errors.ts';
import type { PointAllowance } from '../../domain/viewer.ts';
import type { PointBuckets, PointCount } from './point-buckets.ts';

/** What one request takes from the bucket of its caller. The response then has headers with what is left. */
export class RequestPoints {
  readonly #buckets: PointBuckets;
  readonly #caller: string;
  readonly #reply: FastifyReply;
  #last: PointCount | null = null;
  #refusal: Failure | null = null;

  constructor(buckets: PointBuckets, caller: string, reply: FastifyReply) {
    this.#buckets = buckets;
    this.#caller = caller;
    this.#reply = reply;
  }

  /** Why points were refused; null if none were. */
  get refusal(): Failure | null {
    return this.#refusal;
  }

  /** The bucket as this request last saw it; null: there is no limit. */
  get allowance(): PointAllowance | null {
    const { size, perSecond } = this.#buckets.limits;
    return size === 0 ? null : { limit: size, remaining: this.#last?.remaining ?? size, perSecond };
  }

  /** Takes points. Errors: RATE_LIMITED if fewer are left. */
  async take(points: number): Promise<void> {
    const { size, perSecond } = this.#buckets.limits;
    if (size === 0 || points <= 0) return;
    const count = await this.#buckets.take(this.#caller, points);
    this.#tell(count);
    if (count.taken) return;
    const seconds = Math.ceil((points - count.remaining) / perSecond);
    this.#reply.header('retry-after', Math.max(1, seconds));
    this.#refusal = new Failure(
      'RATE_LIMITED',
      `The request needs ${points} points, and ${count.remaining} of ${size} are left; ${perSecond} come back per second.`,
    );
    throw this.#refusal;
  }

  /** Gives back points that were taken and not needed. */
  giveBack(points: number): void {
    const { size } = this.#buckets.limits;
    if (!this.#last || points <= 0) return;
    this.#tell({ ...this.#last, remaining: Math.min(size, this.#last.remaining + points) });
    void this.#buckets.giveBack(this.#caller, points, this.#last);
  }

  #tell(count: PointCount): void {
    const { size, perSecond } = this.#buckets.limits;
    if (this.#last === null)
      this.#reply.header('x-ratelimit-points-limit', size).header('x-ratelimit-points-per-second', perSecond);
    this.#reply.header('x-ratelimit-points-remaining', count.remaining);
    this.#last = count;
  }
}
