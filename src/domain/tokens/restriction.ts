import type { Restriction } from '../viewer.ts';

/** The maximum number of jobs, and of departments, to which one viewer is restricted, and of characters of a department. */
export const MAX_RESTRICTED_TO = 100;
export const MAX_DEPARTMENT_LENGTH = 200;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const isJobId = (text: string): boolean => text.length <= 36 && UUID.test(text);

export const isDepartment = (text: string): boolean =>
  text.length > 0 && text.length <= MAX_DEPARTMENT_LENGTH && !/[\p{Cc}\p{Surrogate}]/u.test(text);

/** Returns the restriction to these jobs and departments, each once and in one order, so that equal restrictions are equal. */
export const restrictionTo = (jobIds: readonly string[], departments: readonly string[]): Restriction => ({
  jobIds: [...new Set(jobIds.map((id) => id.toLowerCase()))].sort(),
  departments: [...new Set(departments)].sort(),
});
