import type { Person } from '../company/people.ts';
import type { Random, Shares } from '../random.ts';
import { REVIEW_SENTENCES, type Sentences } from './review-sentences.ts';

const LENGTHS: Shares<readonly [min: number, max: number]> = [
  [[1, 1], 0.38],
  [[2, 3], 0.38],
  [[4, 7], 0.2],
  [[10, 25], 0.04],
];
/** How sentences are joined; undefined: as usual in the language. */
const SEPARATORS: Shares<string | undefined> = [
  [undefined, 0.84],
  ['\n', 0.08],
  ['\n\n', 0.03],
  ['\n- ', 0.03],
  ['\r\n', 0.01],
  ['\t', 0.01],
];
/** Beginnings of some reviews; a spreadsheet takes half of them for formulas. */
const OPENINGS: readonly string[] = [
  '+1 ',
  '- ',
  '=> ',
  '@panel: ',
  '"TL;DR" ',
  '  ',
  '👍🏽 ',
  '**Summary**\n\n',
  'ad 1) ',
];
const ENDINGS: readonly string[] = [' 👍', ' 🎉🎉', ' 🤔', ' 🙈', ' ⭐️⭐️⭐️', ' 👩🏽‍💻', ' :-)', ' …', '\n', ' 🇧🇷'];

function mood(rating: number): keyof Omit<Sentences, 'space'> {
  return rating >= 4 ? 'strong' : rating >= 2.75 ? 'mixed' : 'weak';
}

/** Returns a review that matches a rating: from one word to a page, in the interviewer's language. */
export function reviewText(random: Random, interviewer: Person, rating: number): string {
  const sentences = REVIEW_SENTENCES[interviewer.language];
  const [min, max] = random.weighted(LENGTHS);
  const separator = random.weighted(SEPARATORS) ?? sentences.space;
  // Hardly any review is all praise or all criticism.
  const fitting = random.shuffled(sentences[mood(rating)]);
  if (random.chance(0.3)) fitting.unshift(random.pick(sentences.mixed));
  if (fitting.length < max) fitting.push(...random.shuffled(sentences.mixed), ...random.shuffled(sentences.strong));
  const opening = random.chance(0.06) ? random.pick(OPENINGS) : '';
  const ending = random.chance(0.08) ? random.pick(ENDINGS) : '';
  const chosen = new Set(fitting.slice(0, random.between(min, max)));
  return opening + [...chosen].join(separator) + ending;
}
