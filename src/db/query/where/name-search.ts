/**
 * Searches in names, by their stored spellings (src/db/derived/spellings.ts). A name without a spelling is compared letter by letter: one that
 * is too long for it, or that somebody has written into the database by other ways than ours.
 */
import { foldedWords, MAX_SPELLED_LENGTH } from '../../../domain/names/spelling.ts';
import type { SpellingKind } from '../../../domain/names/spelling-kind.ts';
import { allOf, anyOf, type Bind, column, joinSql, type Sql, sql } from '../../sql.ts';

/** Compares case-insensitively in every script, whatever the database's locale. */
export const ANY_CASE = sql`COLLATE "und-x-icu" ILIKE`;

/** Escapes a text for a LIKE pattern (PostgreSQL manual, 9.7.1). */
export const literally = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

const containing = (text: string): string => `%${literally(text)}%`;
const startingWith = (text: string): string => `${literally(text)}%`;

/** A name: one column, or a first and a last name. */
export interface NameSql {
  readonly kind: SpellingKind;
  readonly first: Sql;
  readonly last: Sql | null;
  /** The whole name; null if there is none. */
  readonly whole: Sql;
  /** Whether the names are on other nodes than their spellings. */
  readonly apart: boolean;
}

/** Returns SQL that is true of names with all words of a text, in any order. It is null of no name. */
export function nameContains(named: NameSql, text: string, bind: Bind): Sql {
  const { first, last, whole } = named;
  const words = text.split(/\s+/u).filter(Boolean);
  if (words.length > 0 && text.length > MAX_SPELLED_LENGTH)
    return sql`${whole} ${ANY_CASE} ${bind(containing(text), 'text')}`;
  const folded = needed(words.flatMap(foldedWords));
  if (folded.length === 0) return sql`${whole} IS NOT NULL`;
  const letterByLetter = sql`${whole} ${ANY_CASE} ALL (${bind(words.map(containing), 'text[]')})`;
  const patterns = folded.map(containing);
  const has = (part: Sql, some: readonly string[]) => hasSpelling(named, part, likeAll(some, bind));
  // A word is in one part of the name. Of a single part, one look is enough for all words.
  const spelled = last
    ? allOf(patterns.map((pattern) => anyOf([has(first, [pattern]), has(last, [pattern])])))
    : has(first, patterns);
  return anyOf([spelled, allOf([isAnyUnspelled(named), letterByLetter])]);
}

/** Returns SQL that is true of names that start with a text. It is null of no name. */
export function nameStartsWith(named: NameSql, text: string, bind: Bind): Sql {
  const { first, last, whole } = named;
  const words = text.length > MAX_SPELLED_LENGTH ? null : foldedWords(text);
  if (words?.length === 0) return sql`${whole} IS NOT NULL`;
  const letterByLetter = sql`${whole} ${ANY_CASE} ${bind(startingWith(text), 'text')}`;
  if (words === null) return letterByLetter;
  const startsWith = (part: Sql, from: number) =>
    hasSpelling(named, part, likeAll([startingWith(words.slice(from).join(' '))], bind));
  const spelled = [startsWith(first, 0)];
  if (last) {
    spelled.push(
      allOf([
        anyOf([sql`coalesce(${first}, '') = ''`, hasSpelling(named, first, sql`s.folded = ''`)]),
        startsWith(last, 0),
      ]),
    );
    for (let split = 1; split < words.length; split++) {
      const isHead = sql`s.folded = ${bind(words.slice(0, split).join(' '), 'text')}`;
      spelled.push(allOf([hasSpelling(named, first, isHead), startsWith(last, split)]));
    }
  }
  return anyOf([...spelled, allOf([isAnyUnspelled(named), letterByLetter])]);
}

/** Leaves out words that another word contains. */
const needed = (words: readonly string[]): string[] =>
  [...new Set(words)].filter((word, _, all) => !all.some((other) => other !== word && other.includes(word)));

const likeAll = (patterns: readonly string[], bind: Bind): Sql => {
  const [only = ''] = patterns;
  return patterns.length > 1
    ? sql`s.folded LIKE ALL (${bind(patterns, 'text[]')})`
    : sql`s.folded LIKE ${bind(only, 'text')}`;
};

/** Postgres looks for the spelling of each name by an index, or hashes all that match once, whichever costs less. It may be null. */
const hasSpelling = ({ kind, apart }: NameSql, part: Sql, condition: Sql): Sql =>
  apart
    ? sql`${part} IN (SELECT s.text FROM spelling s WHERE ${allOf([isOfKind(kind, 's'), condition])})`
    : sql`EXISTS (SELECT 1 FROM spelling s WHERE ${isSpellingOf(kind, part, 's')} AND ${condition})`;

const KINDS: Readonly<Record<SpellingKind, Sql>> = {
  person: sql`'person'`,
  candidate: sql`'candidate'`,
  job: sql`'job'`,
};

/** Returns SQL that is true of the spelling of a name. `alias`: that of table `spelling`. */
export const isSpellingOf = (kind: SpellingKind, name: Sql, alias: string): Sql =>
  sql`${isOfKind(kind, alias)} AND ${column(alias, 'text')} = ${name}`;

const isOfKind = (kind: SpellingKind, alias: string): Sql => sql`${column(alias, 'kind')} = ${KINDS[kind]}`;

const isAnyUnspelled = (named: NameSql): Sql =>
  anyOf([named.first, ...(named.last ? [named.last] : [])].map((part) => isUnspelled(named, part)));

const isUnspelled = (named: NameSql, part: Sql): Sql =>
  named.apart
    ? sql`(${part} IS NOT NULL AND (${hasSpelling(named, part, sql`true`)}) IS NOT TRUE)`
    : sql`(${part} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM spelling s WHERE ${isSpellingOf(named.kind, part, 's')}))`;

/** Returns a first and a last name joined by a space, without empty ones; null if there is none. */
export function wholeName(parts: readonly Sql[]): Sql {
  const given = parts.map((part) => sql`nullif(${part}, '')`);
  return sql`nullif(concat_ws(' ', ${joinSql(given, ', ')}), '')`;
}
