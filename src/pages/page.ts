import {
  DASHBOARD_PATH,
  FILES_PATH,
  GRAPHQL_PATH,
  IMPORT_PATH,
  REFERENCE_PATH,
  TABLEAU_PATH,
} from '../domain/paths.ts';
import { escapeHtml, scriptJson } from './html.ts';

/** A web page. It needs no token, since it contains no data. */
export interface WebPage {
  /** Returns the page for a URL from which the service is at `root`: `./`, `../../`. */
  html(root: string): string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What the pages need to know about the service. */
export interface SiteOptions {
  /** Whether to link to GraphiQL. */
  readonly graphiql: boolean;
}

/**
 * Placeholder in a page for the root of the service relative to the page's URL: the service may be behind a proxy's
 * prefix, and the URL may have more slashes than necessary.
 */
export const ROOT = '{{root}}';

/** Returns a function that fills the root in for its placeholder. */
export function withRoot(html: string): WebPage['html'] {
  const parts = html.split(ROOT);
  return (root) => parts.join(root);
}

interface PageParts {
  readonly title: string;
  /** File name of the script in ./browser; null if the page needs none. */
  readonly script: string | null;
  /** Style sheets in ./browser for this page only, loaded after the common one. */
  readonly styles?: readonly string[];
  /** Settings for the script. */
  readonly settings?: object;
  /** A third-party script, loaded before the page's own. */
  readonly library?: URL;
  /** Sources that may embed the page in a frame, as in a Content-Security-Policy. */
  readonly framedBy?: string;
  /** HTML of the main element. */
  readonly main: string;
}

/** Returns the paths and titles of the pages. */
const linksOf = ({ graphiql }: SiteOptions): readonly [path: string, title: string][] => [
  ['/', 'Download'],
  [DASHBOARD_PATH, 'Dashboard'],
  [IMPORT_PATH, 'Import'],
  [REFERENCE_PATH, 'API reference'],
  [TABLEAU_PATH, 'Tableau'],
  ...(graphiql ? [[GRAPHQL_PATH, 'GraphQL'] satisfies [string, string]] : []),
];

/** Returns a page with the head, header and security policy that all pages share. */
export function page(
  site: SiteOptions,
  { title, script, styles = [], settings = {}, library, framedBy = "'none'", main }: PageParts,
): WebPage {
  const files = `${ROOT}${FILES_PATH.slice(1)}`;
  const links = linksOf(site).map(([path, name]) => {
    const current = name === title ? ' aria-current="page"' : '';
    return `<a href="${ROOT}${path.slice(1)}"${current}>${name}</a>`;
  });
  const sheets = ['page.css', ...styles].map((name) => `<link rel="stylesheet" href="${files}/${name}">`);
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
${sheets.join('\n')}
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

/**
 * Returns the headers of a page. Its scripts may load only the service's own files and the library, and connect only to
 * the service.
 */
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
    // Whoever opened the page, or is opened by it, gets no hold of its window, unless it is to be shown by others.
    ...(framedBy === "'none'" ? { 'cross-origin-opener-policy': 'same-origin' } : {}),
  };
}
