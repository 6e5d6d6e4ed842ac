import { expect } from 'vitest';
import { revokeToken } from '../../src/db/tokens/tokens.ts';
import type { Service } from './service.ts';

/** Revokes a token and waits until the service refuses it, which takes up to a second. */
export async function revoke(service: Service, name: string, token: string): Promise<void> {
  await revokeToken(service.db.prisma, name);
  const status = async () =>
    (await service.get('/analytics/interviews/summary', { headers: { 'x-smarttoken': token } })).status;
  await expect.poll(status, { timeout: 5_000 }).toBe(401);
}
