import type { ExportDetails } from '../../src/extract/output-options.ts';

/** What an export of everything says of itself. */
export const DETAILS: ExportDetails = {
  program: '1.2.3',
  version: '17',
  exportedAt: new Date('2026-03-29T14:30:00Z'),
  filters: [],
  limit: null,
  isContinued: false,
  hasMore: false,
  isRestricted: false,
  extent: null,
};
