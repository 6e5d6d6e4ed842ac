/** Interviewers by their names, and how many of a list are shown. */
import { count } from '../numbers.js';

/** @typedef {import('./views.js').Answer} Answer */

/** The name of an interviewer, or the ID where there is none to be seen. @param {{ employeeId: string, name?: string | null } | null} interviewer */
const nameOf = (interviewer) => (interviewer ? interviewer.name || interviewer.employeeId : 'Without an employee ID');

/** The titles of interviewers; those who share a name have their IDs beside it. @param {({ employeeId: string, name?: string | null } | null)[]} interviewers */
export function titlesOf(interviewers) {
  const names = interviewers.map(nameOf);
  return interviewers.map((interviewer, at) => {
    const name = nameOf(interviewer);
    const isShared = names.some((other, otherAt) => other === name && otherAt !== at);
    return { title: name, note: isShared && interviewer ? interviewer.employeeId : '' };
  });
}

/** How many of all groups are shown. @param {Answer} answer @param {string} many */
export const listed = ({ groups, groupCount = 0 }, many) =>
  groupCount > groups.length ? `The first ${groups.length} of ${count(groupCount)} ${many}.` : '';
