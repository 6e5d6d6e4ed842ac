import { itemAt } from '../item-at.ts';
import { Random } from '../random.ts';
import { engineering, executive, german, type HiringProcess, japanese, sales } from './hiring-process.ts';
import type { Job } from './jobs.ts';
import { CULTURES } from './names.ts';

/** The titles of a department's jobs. */
interface Department {
  readonly name: string;
  readonly titles: readonly string[];
}

const department = (name: string, titles: string): Department => ({ name, titles: titles.split('|') });

/** The departments whose jobs have a hiring process of their own. */
const DEPARTMENTS: ReadonlyMap<HiringProcess, readonly Department[]> = new Map([
  [
    engineering,
    [
      department(
        'Engineering',
        'Senior Backend Engineer|Frontend Engineer (React)|Site Reliability Engineer|Staff Engineer, Payments|Engineering Manager|Mobile Engineer (iOS)',
      ),
      department('Data & Research', 'Data Scientist|Machine Learning Engineer|Analytics Engineer|“Big Data” Architect'),
    ],
  ],
  [
    sales,
    [
      department(
        'Sales',
        'Account Executive|Sales Development Representative|Key Account Manager, DACH|Head of Sales Ops',
      ),
    ],
  ],
  [executive, [department('Executive Office', 'Chief of Staff|VP Product|Chief Financial Officer')]],
  [
    german,
    [
      department('Gaststätten', 'Küchenchef (m/w/d)|Servicekraft in Teilzeit|Straßenverkäufer (m/w/d)'),
      department('Verwaltung', 'Bürokaufmann (m/w/d)|Sachbearbeiter Löhne und Gehälter|Übersetzerin Deutsch–Türkisch'),
    ],
  ],
  [japanese, [department('東京オフィス', 'ソフトウェアエンジニア|営業担当|人事マネージャー')]],
]);

const OTHERS: readonly Department[] = [
  department('Operations', 'Office Manager|Logistics Planner|Customer Support Specialist, 2nd level'),
  department('Marketing', 'Content Manager|Brand Designer|Événementiel : chargé·e de projet'),
  department('People', 'Recruiter|HR Business Partner|Payroll Specialist'),
];

/** Returns the random numbers of an id: what follows from them changes nothing else that is generated. */
const randomOf = (id: string): Random => new Random(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16));

/** Returns the title and the department of a job, which follow from its id and its hiring process. */
export function jobNames({ id, process }: Job): readonly [title: string, department: string] {
  const random = randomOf(id);
  const { name, titles } = random.pick(DEPARTMENTS.get(process) ?? OTHERS);
  return [random.pick(titles), name];
}

/** Returns the first and the last name of a candidate, which follow from the id. */
export function candidateNames(id: string): readonly [firstName: string, lastName: string] {
  const random = randomOf(id);
  const { firstNames, lastNames } = itemAt(CULTURES, random.below(CULTURES.length));
  return [random.pick(firstNames), random.pick(lastNames)];
}
