/** The fields that take names: the extract wants ids, so the GraphQL API is asked whose they are. */

import { addressOf, askJson, element, patiently, Refusal } from '../service.js';
import { calledSo, hasIn, piecesOf } from './names.js';

/** @typedef {{ token: string, personal: boolean }} Viewer whose token, and whether it sees names */
/** @typedef {{ id: string, name: string | null, department?: string | null }} Thing */
/** @typedef {{ text: string, ids: string[], note: string, fault: string | null, called?: string }} Meaning what a text stands for; what
 *   `called` are those whose ids it has, where they have names */
/** @typedef {{ signal: AbortSignal, tell: (text: string) => void }} Patience as `patiently` takes it */

/** Things of a page, and those that are looked through at most. */
const PAGE = 500;
const MAX_THINGS = 2_000;
const MAX_SUGGESTIONS = 50;
/** Conditions that the service takes in one filter, without the “or” around them. */
const MAX_CONDITIONS = 99;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @typedef {{ type: string, list: string, one: string, several: string, what: string, id: string, isPersonal: boolean, nodes: string,
 *   withIds(ids: string[]): object, withPiece(piece: string): object }} Field */

/** @satisfies {Record<string, Field>} */
const FIELDS = {
  jobId: {
    type: 'Job',
    list: 'jobs',
    one: 'job',
    several: 'jobs',
    what: 'title',
    id: 'ID',
    isPersonal: false,
    nodes: 'id: jobId name: title department',
    withIds: (/** @type {string[]} */ ids) => ({ jobId: { in: ids.filter((id) => UUID.test(id)) } }),
    withPiece: (/** @type {string} */ piece) => ({ title: { contains: piece } }),
  },
  interviewerEmployeeId: {
    type: 'Interviewer',
    list: 'interviewers',
    one: 'interviewer',
    several: 'people',
    what: 'name',
    id: 'employee ID',
    isPersonal: true,
    nodes: 'id: employeeId name',
    withIds: (/** @type {string[]} */ ids) => ({ employeeId: { in: ids } }),
    withPiece: (/** @type {string} */ piece) => ({ name: { contains: piece } }),
  },
};

/** @typedef {keyof typeof FIELDS} Name */

export const NAME_FIELDS = /** @type {Name[]} */ (Object.keys(FIELDS));

/** @param {Field} field @param {Viewer} viewer */
const seesNames = ({ isPersonal }, { personal }) => personal || !isPersonal;

/** What was found out. @type {Map<Name, Meaning>} */
const meanings = new Map();
/** The fields whose ids come from a link: once it is known whose they are, people are shown by their names. @type {Set<Name>} */
const fromLink = new Set();
/** Ends what is asked for the token at hand. */
let asking = new AbortController();
/** @type {Meaning} */
const NOTHING = { text: '', ids: [], note: '', fault: null };

/** @param {HTMLFormElement} form @param {Name} name */
const control = (form, name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));

/** What a field stands for; undefined where that isn’t known yet. @param {HTMLFormElement} form @param {Name} name */
function meaningNow(form, name) {
  const text = control(form, name).value.trim();
  return text === '' ? NOTHING : [meanings.get(name)].find((meaning) => meaning?.text === text);
}

/** The ids that stand for what is typed, which `lookUp` found. @param {HTMLFormElement} form @param {Name} name */
export function idsOf(form, name) {
  const meaning = meaningNow(form, name);
  if (!meaning) throw new Error(`${name} was not looked up`);
  return meaning.ids;
}

/** What is wrong with what is typed, as far as that is known, or null. @param {HTMLFormElement} form @param {Name} name */
export const faultOfName = (form, name) => meaningNow(form, name)?.fault ?? null;

/** @param {HTMLFormElement} form */
function showNotes(form) {
  for (const name of NAME_FIELDS) element(`${name}-note`).textContent = meaningNow(form, name)?.note ?? '';
}

/**
 * Begins anew for a token: nothing stays of what another one saw, or comes later.
 * @param {HTMLFormElement} form
 * @param {Viewer} viewer
 */
export function beginLookUps(form, viewer) {
  asking.abort();
  asking = new AbortController();
  meanings.clear();
  showNotes(form);
  for (const name of NAME_FIELDS) {
    const field = FIELDS[name];
    const input = control(form, name);
    suggest(field, []);
    input.placeholder = `Any; ${seesNames(field, viewer) ? `${field.what} or ` : ''}${field.id}`;
    input.onfocus = async () => {
      // Who wasn't there may have come.
      if (faultOfName(form, name)) meanings.delete(name);
      if (input.value !== '' || !seesNames(field, viewer)) return;
      // Whatever is wrong is said once something is typed.
      const found = await pageOf(field, viewer, { where: {}, first: MAX_SUGGESTIONS }).catch(() => null);
      if (found && input.value === '') suggest(field, found.nodes);
    };
  }
}

/** From now on shows by name whose ids are in the fields. */
export function showByName() {
  meanings.clear();
  for (const name of NAME_FIELDS) fromLink.add(name);
}

/**
 * Finds out which ids stand for what is typed, says it below the fields, and suggests what may be meant. Several names or ids have a
 * semicolon between them. Errors: a Refusal; the signal’s reason; an AbortError where another token took the place of this one.
 * @param {HTMLFormElement} form
 * @param {Viewer} viewer
 * @param {Patience} patience
 */
export async function lookUp(form, viewer, patience) {
  showNotes(form);
  // Somebody may go on typing meanwhile.
  const unknown = () => NAME_FIELDS.find((name) => !meaningNow(form, name));
  for (let name = unknown(); name; name = unknown()) {
    const input = control(form, name);
    const meaning = await meaningOf(FIELDS[name], input.value.trim(), viewer, patience);
    if (fromLink.delete(name) && meaning.called && input.value.trim() === meaning.text) {
      input.value = meaning.called;
      meanings.set(name, { ...meaning, text: meaning.called, note: `${FIELDS[name].id}: ${meaning.ids.join(', ')}.` });
    } else meanings.set(name, meaning);
  }
  // What is typed from now on stays as it is typed.
  fromLink.clear();
  showNotes(form);
}

/** @param {Field} field @param {string} text @param {Viewer} viewer @param {Patience} patience @returns {Promise<Meaning>} */
async function meaningOf(field, text, viewer, patience) {
  const { id: idName, what } = field;
  const split = text.split(';').flatMap((part) => part.trim() || []);
  const parts = split.length > 0 ? split : [text];
  // A name may have a semicolon, too.
  const found = await thingsOf(field, [...new Set([text, ...parts])], viewer, patience);
  if (found === null) {
    const cant = `${what}s can’t be looked up.`;
    if (idName === 'ID' && !parts.every((part) => UUID.test(part)))
      return { ...NOTHING, text, fault: `${quoted(text)} isn’t an ${idName}, and ${cant}` };
    return { ...NOTHING, text, ids: parts, note: `Used as ${idName}: ${cant}` };
  }
  const { things } = found;
  if (parts.length === 1)
    suggest(
      field,
      things.filter(({ id, name }) => id === text || hasIn(name ?? '', text)),
    );
  const ids = new Set();
  const notes = [];
  for (const part of meantBy(text, things).length > 0 ? [text] : parts) {
    const meant = meantBy(part, things);
    if (meant.length === 0) return { ...NOTHING, text, fault: whyNobody(field, part, found, viewer) };
    for (const { id } of meant) ids.add(id);
    notes.push(noteOn(field, part, meant));
  }
  const names = [...ids].map((id) => things.find((thing) => thing.id === id)?.name);
  const called = parts.every((part) => ids.has(part)) && names.every(Boolean) ? names.join('; ') : '';
  return { ...NOTHING, text, ids: [...ids], note: notes.filter(Boolean).join(' '), called };
}

/** Those with an ID, or else with a name, or with an ID after the name. @param {string} part @param {Thing[]} things */
function meantBy(part, things) {
  const withId = things.filter(({ id }) => id === part || (UUID.test(part) && id === part.toLowerCase()));
  if (withId.length > 0) return withId;
  const named = calledSo(things, part);
  return named.length > 0 ? named : things.filter(({ id }) => idsAfterName(part).includes(id));
}

/** The ID in a text such as “Ann Lee (e-17)”, as it is suggested for those who share a name. @param {string} text */
const idsAfterName = (text) => /^.* \(([^()]+)\)$/.exec(text)?.slice(1) ?? [];

/** @param {string} text */
const quoted = (text) => `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”`;

/** Who was taken for what is typed. @param {Field} field @param {string} part @param {Thing[]} meant */
function noteOn({ several, id: idName }, part, meant) {
  const [{ id, name, department } = { id: '', name: null }] = meant;
  if (meant.length > 1)
    return `${meant.length} ${several} are called ${quoted(part)}; the rows of all of them are included. For only one, enter the ${idName}: ${meant.map((one) => one.id).join(', ')}.`;
  if (!name) return '';
  return [name, department, id === part ? null : `${idName} ${id}`].filter(Boolean).join(', ');
}

/** Why a text stands for nothing. @param {Field} field @param {string} part @param {{ things: Thing[], isWhole: boolean }} found @param {Viewer} viewer */
function whyNobody(field, part, { things, isWhole }, viewer) {
  const { one, several, what, id } = field;
  const text = quoted(part);
  if (!seesNames(field, viewer))
    return `No ${one} has the ${id} ${text}. To search by ${what}, the token needs the scope personal.`;
  const close = things.find(({ name }) => name !== null && hasIn(name, part));
  if (close)
    return `${text} isn’t a complete ${what}: choose one from the list that opens while you type, such as ${quoted(close.name ?? '')}, or enter the ${id}.`;
  if (!isWhole) return `Too many ${several} have a ${what} like ${text}: type more of it, or enter the ${id}.`;
  return `No ${one} has the ${what} or ${id} ${text}.`;
}

/** @param {Field} field @param {Thing[]} things */
function suggest({ list }, things) {
  const shown = things.slice(0, MAX_SUGGESTIONS);
  element(list).replaceChildren(
    ...shown.map(({ id, name, department }) => {
      // What is chosen stays readable. Those that share a name have their ID after it.
      const isPlain = name && !name.includes(';');
      const isClear = isPlain && shown.filter((other) => other.name === name).length === 1;
      const label = [isPlain ? !department && id : name, department].filter(Boolean).join(', ');
      const value = isClear ? name : isPlain ? `${name} (${id})` : id;
      return Object.assign(document.createElement('option'), { value, textContent: label });
    }),
  );
}

/** What texts may stand for; null where nothing can be looked up. @param {Field} field @param {string[]} texts @param {Viewer} viewer @param {Patience} patience */
async function thingsOf(field, texts, viewer, patience) {
  const called = (/** @type {string[]} */ names, /** @type {boolean} */ loosely) =>
    names
      .map((name) => piecesOf(name, loosely))
      .filter((pieces) => pieces.length > 0)
      .map((pieces) => ({ and: pieces.map(field.withPiece) }));
  const named = seesNames(field, viewer) ? called(texts, false) : [];
  const ids = texts.flatMap((text) => [text, ...idsAfterName(text)]);
  const found = await all(field, [field.withIds(ids), ...named], viewer, patience);
  if (found === null || named.length === 0) return found;
  const missing = texts.filter(
    (text) => meantBy(text, found.things).length === 0 && !found.things.some(({ name }) => hasIn(name ?? '', text)),
  );
  const more = await all(field, called(missing, true), viewer, patience);
  return more ? together([found, more]) : found;
}

/** @typedef {{ things: Thing[], isWhole: boolean }} Found things, and whether these are all */

/** What was found at several times, each thing once. @param {Found[]} founds @returns {Found} */
const together = (founds) => ({
  things: [...new Map(founds.flatMap(({ things }) => things).map((thing) => [thing.id, thing])).values()],
  isWhole: founds.every(({ isWhole }) => isWhole),
});

/** The things of which one of any number of conditions holds; null where nothing can be looked up. @param {Field} field @param {object[]} any @param {Viewer} viewer @param {Patience} patience */
async function all(field, any, viewer, patience) {
  const founds = [];
  for (const group of groupsOf(any)) {
    const found = await ofGroup(field, group, viewer, patience);
    if (found === null) return null;
    founds.push(found);
  }
  return together(founds);
}

/** Conditions in groups of which each fits into a filter. @param {object[]} conditions */
function groupsOf(conditions) {
  /** @type {object[][]} */
  const groups = [];
  let size = MAX_CONDITIONS;
  for (const condition of conditions) {
    const more = keysOf(condition);
    if (size + more > MAX_CONDITIONS) {
      groups.push([]);
      size = 0;
    }
    groups.at(-1)?.push(condition);
    size += more;
  }
  return groups;
}

/** The keys in a condition, each of which counts as one for the service. @param {unknown} value @returns {number} */
function keysOf(value) {
  if (value === null || typeof value !== 'object') return 0;
  const below = Object.values(value).reduce((sum, one) => sum + keysOf(one), 0);
  return below + (Array.isArray(value) ? 0 : Object.keys(value).length);
}

/** As `all`, of conditions that fit into a filter. @param {Field} field @param {object[]} any @param {Viewer} viewer @param {Patience} patience @returns {Promise<Found | null>} */
async function ofGroup(field, any, viewer, patience) {
  /** @type {Thing[]} */
  const things = [];
  /** @type {string | null} */
  let after = null;
  do {
    const variables = /** @type {object} */ ({ where: { or: any }, first: PAGE, after });
    /** @type {Page | null} */
    const found = await patiently(() => pageOf(field, viewer, variables, patience.signal), patience);
    if (found === null) return null;
    things.push(...found.nodes);
    after = found.pageInfo.hasNextPage ? found.pageInfo.endCursor : null;
  } while (after !== null && things.length < MAX_THINGS);
  return { things, isWhole: after === null };
}

/** @typedef {{ nodes: Thing[], pageInfo: { hasNextPage: boolean, endCursor: string } }} Page */

/**
 * A page of things; null where names can’t be looked up here. Errors: a Refusal; the signal’s reason; an AbortError where another token took
 * the place of this one.
 * @param {Field} field
 * @param {Viewer} viewer
 * @param {object} variables
 * @param {AbortSignal} [signal]
 * @returns {Promise<Page | null>}
 */
async function pageOf(field, viewer, variables, signal = asking.signal) {
  const { type, list, nodes } = field;
  const mine = asking.signal;
  const query = `query LookUp($where: ${type}Where!, $first: Int!, $after: String) {
  found: ${list}(where: $where, first: $first, after: $after) {
    nodes { ${seesNames(field, viewer) ? nodes : nodes.replace('name', '')} }
    pageInfo { hasNextPage endCursor }
  }
}`;
  try {
    const { body } = await askJson(addressOf('graphql'), viewer.token, {
      method: 'POST',
      // By this type a refusal has a status that says so.
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
      body: JSON.stringify({ query, variables }),
      signal,
    });
    if (body?.data?.found) return body.data.found;
    throw new Refusal(500, body?.errors?.[0]?.message ?? 'Unexpected response from the service.');
  } catch (error) {
    if (error instanceof Refusal && isClosed(error)) return null;
    throw error;
  } finally {
    mine.throwIfAborted();
  }
}

/** Whether the API takes no questions from here: only operations of its own list, or a proxy lets nobody through to it. @param {Refusal} refusal */
const isClosed = ({ status, body: { errors } }) =>
  errors ? errors[0]?.extensions?.code === 'PERSISTED_QUERY_ONLY' : [403, 404, 405].includes(status);
