import { OPENAPI_PATH } from '../../domain/paths.ts';
import { escapeHtml } from '../html.ts';
import { page, ROOT, type SiteOptions, type WebPage } from '../page.ts';

/** The parts of an OpenAPI schema that the page shows. */
interface SchemaObject {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly enum?: readonly (string | null)[];
  readonly format?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: SchemaObject;
  readonly properties?: Readonly<Record<string, SchemaObject>>;
  readonly oneOf?: readonly SchemaObject[];
  readonly anyOf?: readonly SchemaObject[];
  readonly allOf?: readonly SchemaObject[];
}

type Content = Readonly<Record<string, { readonly schema: SchemaObject }>>;

interface OperationObject {
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly security?: readonly object[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly description?: string;
    readonly required?: boolean;
    readonly schema: SchemaObject;
  }[];
  readonly requestBody?: { readonly content: Content };
  readonly 'x-codeSamples'?: readonly { readonly source: string }[];
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>;
}

interface OpenapiDocument {
  readonly info: { readonly version: string; readonly description: string };
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, SchemaObject>> };
}

const anchor = (...parts: string[]): string => parts.join('-').replace(/[^a-zA-Z]+/g, '-');

/** Returns a type in words; named schemas are links. */
function typeText(schema: SchemaObject): string {
  if (schema.$ref) {
    const name = schema.$ref.split('/').pop() ?? '';
    return `<a href="#${anchor('schema', name)}">${name}</a>`;
  }
  const { allOf, items } = schema;
  const alternatives = schema.type === 'object' ? undefined : (schema.oneOf ?? schema.anyOf);
  if (alternatives)
    return alternatives
      .filter(({ type }) => type !== 'null')
      .map(typeText)
      .join(' or ');
  if (allOf) return allOf.map(typeText).join(' and ');
  const words = schema.enum?.filter((word) => word !== null).map((word) => `<code>${escapeHtml(String(word))}</code>`);
  if (words) return words.join(' ');
  const types = [schema.type ?? []].flat().filter((type) => type !== 'null');
  const name = types.map((type) => (type === 'array' && items ? `list of ${typeText(items)}` : type)).join(' or ');
  const range =
    schema.minimum !== undefined && schema.maximum !== undefined ? `, ${schema.minimum} to ${schema.maximum}` : '';
  return `${name}${schema.format ? ` (${schema.format})` : ''}${range}`;
}

/** Returns a table that can be scrolled by keyboard; `subject` makes its accessible name unique. */
const table = (subject: string, head: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<div class="wide" tabindex="0" role="region" aria-label="${escapeHtml(subject)}: ${head[0]}"><table><thead><tr>${head.map((cell) => `<th scope="col">${cell}</th>`).join('')}</tr></thead><tbody>${rows
    .map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
    .join('')}</tbody></table></div>`;

const contentTypes = (content: Content = {}): string =>
  Object.entries(content)
    .map(([type, { schema }]) => `<code>${type}</code>: ${typeText(schema)}`)
    .join('<br>');

const paragraphs = (text: string): string => text.split('\n\n').map(escapeHtml).join('<br>');

/**
 * Returns the article of an operation. If `sameAs` is set, it has the parameters of that method of the path, which are
 * not repeated.
 */
function operation(path: string, method: string, subject: OperationObject, sameAs?: string): string {
  const { summary, description, security, parameters, requestBody, responses, 'x-codeSamples': samples = [] } = subject;
  return `<article class="route" aria-labelledby="${anchor(method, path)}">
<h3 id="${anchor(method, path)}"><span class="method">${method.toUpperCase()}</span> <code>${escapeHtml(path)}</code></h3>
<p>${escapeHtml(summary)}. ${escapeHtml(description ?? '')}${security?.length === 0 ? ' Needs no token.' : ''}</p>
${samples.map(({ source }) => `<pre tabindex="0" aria-label="Example of ${method} ${escapeHtml(path)}"><code>${escapeHtml(source)}</code></pre>`).join('\n')}
${sameAs ? `<p>The parameters are those of <a href="#${anchor(sameAs, path)}">${sameAs.toUpperCase()}</a>.</p>` : ''}
${
  parameters && !sameAs
    ? table(
        `${method} ${path}`,
        ['Parameter', 'Value', 'Meaning'],
        parameters.map((parameter) => [
          `<code>${parameter.name}</code>${parameter.in === 'header' ? ' (header)' : ''}${parameter.required ? ', required' : ''}`,
          `${typeText(parameter.schema)}${parameter.schema.default === undefined ? '' : `; otherwise <code>${escapeHtml(String(parameter.schema.default))}</code>`}`,
          escapeHtml(parameter.description ?? ''),
        ]),
      )
    : ''
}
${requestBody ? `<p>Body: ${contentTypes(requestBody.content)}</p>` : ''}
<details><summary>Responses</summary>
${table(
  `${method} ${path}`,
  ['Status', 'Meaning', 'Body'],
  Object.entries(responses).map(([status, response]) => [
    status,
    paragraphs(response.description),
    contentTypes(response.content),
  ]),
)}
</details>
</article>`;
}

function schema(name: string, subject: SchemaObject): string {
  return `<article class="route" aria-labelledby="${anchor('schema', name)}">
<h3 id="${anchor('schema', name)}">${name}</h3>
${subject.description ? `<p>${escapeHtml(subject.description)}</p>` : ''}
${subject.enum ? `<p>${typeText(subject)}</p>` : table(name, ['Field', 'Value', 'Meaning'], fieldsOf(subject))}
</article>`;
}

/** Returns the rows of a table of fields: each field, followed by those of the objects in it, with their paths. */
function fieldsOf({ properties = {} }: SchemaObject, path = ''): string[][] {
  return Object.entries(properties).flatMap(([key, field]) => [
    [`<code>${path}${key}</code>`, typeText(field), escapeHtml(meaning(field))],
    ...fieldsOf(field.items ?? field, `${path}${key}${field.items ? '[]' : ''}.`),
  ]);
}

const meaning = ({ title, description }: SchemaObject): string =>
  [title && title !== description ? `${title}.` : '', description].filter(Boolean).join(' ');

/**
 * Returns the description of every route (OpenAPI) as a page. It is rendered here, so that it needs no script and can
 * be printed.
 */
export function referencePage(site: SiteOptions, document: object): WebPage {
  const { info, tags, paths, components } = document as OpenapiDocument;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, subject]) => ({ path, method, subject })),
  );
  const sections = tags.map(
    ({ name, description }) => `<section aria-labelledby="${anchor('tag', name)}">
<h2 id="${anchor('tag', name)}">${name}</h2>
<p>${escapeHtml(description)}</p>
${operations
  .filter(({ subject }) => subject.tags.includes(name))
  .map(({ path, method, subject }) => operation(path, method, subject, method === 'head' ? 'get' : undefined))
  .join('\n')}
</section>`,
  );
  const overview = tags.map(
    ({ name }) =>
      `<li><a href="#${anchor('tag', name)}">${name}</a>: ${operations
        .filter(({ subject }) => subject.tags.includes(name))
        .map(
          ({ path, method }) =>
            `<a href="#${anchor(method, path)}">${method.toUpperCase()} <code>${escapeHtml(path)}</code></a>`,
        )
        .join(', ')}</li>`,
  );
  const names = Object.keys(components.schemas).map((name) => typeText({ $ref: `#/${name}` }));
  return page(site, {
    title: 'API reference',
    script: null,
    styles: ['reference.css'],
    main: `<h1>API reference</h1>
<p class="lead">${escapeHtml(info.description)}</p>
<p>Version ${escapeHtml(info.version)}. For programs: <a href="${ROOT}${OPENAPI_PATH.slice(1)}">openapi.json</a> (OpenAPI 3.1), from which typed clients can be generated.
Send the token in the header <code>X-SmartToken</code>, or as <code>Authorization: Bearer</code>. Errors have one form, with a message for people and a
<a href="#${anchor('schema', 'Error')}">code</a> for programs. In the
examples <code>URL</code> is the address of the service and <code>TOKEN</code> a token.</p>
<ul aria-label="On this page">${overview.join('\n')}
<li><a href="#schemas">Schemas</a>: ${names.join(', ')}</li></ul>
${sections.join('\n')}
<section aria-labelledby="schemas"><h2 id="schemas">Schemas</h2>
${Object.entries(components.schemas)
  .map(([name, subject]) => schema(name, subject))
  .join('\n')}
</section>`,
  });
}
