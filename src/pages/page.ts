import { FILES_PATH, GRAPHQL_PATH, REFERENCE_PATH, TABLEAU_PATH } from '../domain/paths.ts';
import { escapeHtml, scriptJson } from './html.ts';

/** A page as it goes out: to anybody, since it holds no data. */
export interface WebPage {
  /** The page for an address from which the root of the service is there: `./`, `../../`. */
  html(root: string): string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What the pages have to know of the service. */
export interface SiteOptions {
  /** Whether there is GraphiQL to lead to. */
  readonly graphiql: boolean;
}

/**
 * Stands in a page for the root of the service relative to the page's address: the service may stand behind a proxy's prefix, and the address
 * may have more slashes than it needs.
 */
export const ROOT = '{{root}}';

/** Gives a page with the root in its places. */
export function withRoot(html: string): WebPage['html'] {
  const parts = html.split(ROOT);
  return (root) => parts.join(root);
}

interface Parts {
  readonly title: string;
  /** The script of ./browser, or null for a page that needs none. */
  readonly script: string | null;
  /** A style sheet of ./browser that only this page has, after the one of all. */
  readonly style?: string;
  /** What the script is told. */
  readonly settings?: object;
  /** A script of somebody else that comes before it. */
  readonly library?: URL;
  /** The pages that may show it in a frame, as in a Content-Security-Policy. */
  readonly framedBy?: string;
  /** What stands between the header and the end. */
  readonly main: string;
}

/** The pages by their titles, and where they are. */
const linksOf = ({ graphiql }: SiteOptions): readonly [path: string, title: string][] => [
  ['/', 'Download'],
  [REFERENCE_PATH, 'API reference'],
  [TABLEAU_PATH, 'Tableau'],
  ...(graphiql ? [[GRAPHQL_PATH, 'GraphQL'] satisfies [string, string]] : []),
];

/** Puts a page together: the same head, header and rules around each. */
export function page(
  site: SiteOptions,
  { title, script, style, settings = {}, library, framedBy = "'none'", main }: Parts,
): WebPage {
  const files = `${ROOT}${FILES_PATH.slice(1)}`;
  const links = linksOf(site).map(([path, name]) => {
    const here = name === title ? ' aria-current="page"' : '';
    return `<a href="${ROOT}${path.slice(1)}"${here}>${name}</a>`;
  });
  const styles = ['page.css', style].filter(Boolean).map((name) => `<link rel="stylesheet" href="${files}/${name}">`);
  const scripts = [
    library && `<script defer src="${escapeHtml(library.href)}"></script>`,
    script && `<script type="module" src="${files}/${script}"></script>`,
  ].filter(Boolean);
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)} · Interviews Data Service</title>
<link rel="icon" href="${files}/icon.svg">
${styles.join('\n')}
<script type="application/json" id="settings">${scriptJson({ root: ROOT, ...settings })}</script>
${scripts.join('\n')}
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header class="top">
<p class="brand"><img src="${files}/icon.svg" alt="" width="24" height="24">Interviews Data Service</p>
<nav aria-label="Pages">${links.join('')}</nav>
</header>
<main id="main" tabindex="-1">
${main}
</main>
</body>
</html>
`;
  return { html: withRoot(html), headers: headers(library, framedBy) };
}

/** What a page may do: load its own files, and talk to its own service. */
function headers(library: URL | undefined, framedBy: string): Record<string, string> {
  const policy = [
    "default-src 'none'",
    `script-src 'self'${library ? ` ${library.origin}` : ''}`,
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${framedBy}`,
  ];
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
}
