/** What each tile shows of its answer: a table, the charts above it, and a sentence. */
import { backlog, owed, speed } from './feedback.js';
import { answers, load, overlaps } from './interviewers.js';
import { week } from './last-week.js';
import { hours, jobs, weeks } from './slots.js';

/** @typedef {{ name: string, from: string, to: string, complete: boolean }} Bucket */
/** @typedef {{ title: string, value: string, part?: string, rest?: { text: string, rows: import('../table.js').Evidence } | null, before: string, change: string, is: '' | 'better' | 'worse', rows: import('../table.js').Evidence }} Figure */
/** @typedef {{ numbers?: import('../table.js').Numbers, drawings?: import('../draw-chart.js').Drawing[], figures?: Figure[], said: string }} View */
/** @typedef {{ groups: any[], total: any, groupCount?: number, period?: Bucket, previousPeriod?: Bucket, previousTotal?: any }} Answer */

export const VIEWS = { week, weeks, speed, backlog, owed, load, answers, overlaps, jobs, hours };
