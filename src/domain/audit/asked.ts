import type { PersonKind } from '../people.ts';
import type { AuditAttributes, AuditValue } from './entry.ts';
import { personSubject, type SubjectKind, subjectOf } from './subjects.ts';

/** The maximum number of ids and of attributes of an entry, of values of an attribute, and of characters of one. */
const MAX_SUBJECTS = 100;
const MAX_ATTRIBUTES = 50;
const MAX_VALUES = 50;
const MAX_CHARACTERS = 600;

/** Collects what a request asks for, as the audit log has it. What exceeds its limits is counted. */
export class Asked {
  readonly #attributes: Record<string, AuditValue> = {};
  readonly #subjects = new Set<string>();
  #omitted = 0;

  /** Notes a value that is an enumeration, a date, a number or a flag: the caller knows. */
  value(name: string, value: string | number | boolean): void {
    if (typeof value === 'string' && value.length > MAX_CHARACTERS) this.given(name);
    else this.#add(name, value);
  }

  /** Notes that a parameter was given, without its value. */
  given(name: string): void {
    if (!Object.hasOwn(this.#attributes, name)) this.#add(name, null);
  }

  /** Notes an id; of what can't be one, only that it was given. */
  subject(name: string, kind: SubjectKind, text: string): void {
    const subject = subjectOf(kind, text);
    if (subject !== null) this.#subject(subject);
    this.given(name);
  }

  /** Notes a person who was just erased, and whose id therefore is replaced when the entry is written. */
  person(kind: PersonKind, id: string): void {
    this.#subject(personSubject(kind, id));
  }

  get attributes(): AuditAttributes {
    return this.#omitted > 0 ? { ...this.#attributes, omitted: this.#omitted } : this.#attributes;
  }

  get subjects(): readonly string[] {
    return [...this.#subjects];
  }

  #subject(subject: string): void {
    if (this.#subjects.size < MAX_SUBJECTS || this.#subjects.has(subject)) this.#subjects.add(subject);
    else this.#omitted++;
  }

  #add(name: string, value: Single): void {
    if (!Object.hasOwn(this.#attributes, name)) {
      if (Object.keys(this.#attributes).length < MAX_ATTRIBUTES) this.#attributes[name] = value;
      else this.#omitted++;
      return;
    }
    const before = this.#attributes[name] ?? null;
    const values = isList(before) ? before : [before];
    if (values.length < MAX_VALUES) this.#attributes[name] = [...values, value];
    else this.#omitted++;
  }
}

type Single = string | number | boolean | null;

const isList = (value: AuditValue): value is readonly Single[] => Array.isArray(value);
