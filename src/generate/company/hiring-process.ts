import type { APPLICATION_STAGES, INTERVIEW_TYPES } from '../../domain/fields.ts';
import type { Shares } from '../random.ts';

export type Stage = (typeof APPLICATION_STAGES)[number];
export type InterviewType = (typeof INTERVIEW_TYPES)[number];

/** Names of the steps of each stage in a custom hiring process; a stage may have none. */
export type HiringProcess = Readonly<Partial<Record<Stage, readonly string[]>>>;

export const engineering: HiringProcess = {
  LEAD: ['Sourcing chat'],
  IN_REVIEW: ['Phone screen', 'Recruiter screen'],
  INTERVIEW: [
    'Technical phone interview',
    'Onsite panel',
    'System design',
    'Pair programming',
    'Take-home review, 2nd round',
  ],
  OFFER: ['Offer call'],
  HIRED: ['Pre-boarding'],
  TRANSFERRED: ['Hand-over to the other team'],
};

export const sales: HiringProcess = {
  NEW: ['Intro call'],
  IN_REVIEW: ['Recruiter screen'],
  INTERVIEW: ['Role play: "cold call"', 'Case study', 'Hiring manager interview', 'Onsite panel'],
  OFFER: ['Offer talk', 'Salary negotiation'],
  REJECTED: ['Feedback call'],
  WITHDRAWN: ['Exit conversation'],
};

export const executive: HiringProcess = {
  LEAD: ['Confidential first meeting'],
  IN_REVIEW: ['Executive search briefing'],
  INTERVIEW: ['Board member, 1:1', 'Leadership panel', 'Dinner with the founders'],
  OFFER: ['Offer & references'],
};

export const german: HiringProcess = {
  NEW: ['Erstkontakt'],
  IN_REVIEW: ['Telefoninterview', 'Vorauswahl (Fachbereich)'],
  INTERVIEW: ['Vorstellungsgespräch', 'Probearbeitstag', 'Gespräch mit dem Betriebsrat'],
  OFFER: ['Vertragsgespräch'],
  HIRED: ['Einführung'],
};

export const japanese: HiringProcess = {
  IN_REVIEW: ['一次面接'],
  INTERVIEW: ['二次面接', '最終面接'],
  OFFER: ['内定面談'],
};

/** The hiring processes of jobs; one without custom steps is common. */
export const HIRING_PROCESSES: Shares<HiringProcess> = [
  [engineering, 0.38],
  [sales, 0.2],
  [executive, 0.06],
  [german, 0.08],
  [japanese, 0.05],
  [{}, 0.23],
];

/** Stage of an application when the candidate is first talked to. */
export const FIRST_STAGES: Shares<Stage> = [
  ['IN_REVIEW', 0.78],
  ['NEW', 0.13],
  ['LEAD', 0.09],
];

/** Stage of the next interview; `closed` if there is none. */
export const NEXT_STAGES: Readonly<Record<Stage, Shares<Stage | 'closed'>>> = {
  LEAD: [
    ['IN_REVIEW', 0.45],
    ['WITHDRAWN', 0.05],
    ['closed', 0.5],
  ],
  NEW: [
    ['IN_REVIEW', 0.5],
    ['INTERVIEW', 0.15],
    ['closed', 0.35],
  ],
  IN_REVIEW: [
    ['INTERVIEW', 0.58],
    ['REJECTED', 0.02],
    ['TRANSFERRED', 0.02],
    ['closed', 0.38],
  ],
  INTERVIEW: [
    ['INTERVIEW', 0.4],
    ['OFFER', 0.16],
    ['REJECTED', 0.04],
    ['WITHDRAWN', 0.02],
    ['closed', 0.38],
  ],
  OFFER: [
    ['HIRED', 0.55],
    ['WITHDRAWN', 0.07],
    ['closed', 0.38],
  ],
  HIRED: [
    ['HIRED', 0.1],
    ['closed', 0.9],
  ],
  REJECTED: [['closed', 1]],
  WITHDRAWN: [['closed', 1]],
  TRANSFERRED: [
    ['IN_REVIEW', 0.5],
    ['closed', 0.5],
  ],
};

const screening: Shares<InterviewType> = [
  ['PHONE', 0.58],
  ['VIDEO', 0.38],
  ['ONSITE', 0.02],
  ['OTHER', 0.02],
];

/** Interview types in each stage. */
export const TYPES_IN_STAGE: Readonly<Record<Stage, Shares<InterviewType>>> = {
  LEAD: [
    ['PHONE', 0.4],
    ['VIDEO', 0.3],
    ['OTHER', 0.3],
  ],
  NEW: screening,
  IN_REVIEW: screening,
  INTERVIEW: [
    ['ONSITE', 0.46],
    ['VIDEO', 0.44],
    ['PHONE', 0.06],
    ['OTHER', 0.04],
  ],
  OFFER: screening,
  HIRED: [
    ['ONSITE', 0.5],
    ['VIDEO', 0.5],
  ],
  REJECTED: screening,
  WITHDRAWN: screening,
  TRANSFERRED: screening,
};
