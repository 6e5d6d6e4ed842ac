import { execFileSync } from 'node:child_process';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { hasProgram } from './has-program.ts';

const PROGRAM = 'chromium';

/** Whether this machine has the program; in CI it must. */
export const hasBrowser = (): boolean => hasProgram(PROGRAM, 'the tests in a browser');

/** Starts the browser without a window. It finds no host but this machine, also under `names`. Close it afterwards. */
export async function startBrowser(names: readonly string[] = []): Promise<Browser> {
  const executablePath = execFileSync('sh', ['-c', `command -v ${PROGRAM}`], { encoding: 'utf8' }).trim();
  return await chromium.launch({
    executablePath,
    // Its sandbox refuses root, and containers have little shared memory.
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      `--host-resolver-rules=${names.map((name) => `MAP ${name} 127.0.0.1, `).join('')}MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
    ],
  });
}

/** A page of a user of its own: nothing is shared with another, no cookies and no storage. */
export interface Visit {
  readonly page: Page;
  /**
   * All that went wrong so far: what the console calls an error (answers from 400 on and violations of the Content-Security-Policy, too),
   * uncaught exceptions, requests without an answer, and requests to another host than those named.
   */
  readonly faults: string[];
  /** Closes all its pages. */
  leave(): Promise<void>;
}

/**
 * Visits the service at `origin`, as `http://127.0.0.1:4000`, or what else is served there and may ask `others`; pages that this one opens are
 * watched, too.
 */
export async function visit(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
  others: readonly string[] = [],
): Promise<Visit> {
  const context = await browser.newContext({ baseURL: origin, ...options });
  const faults: string[] = [];
  context.on('console', (message) => {
    const { url } = message.location();
    // Asked for by the browser itself where no page names an icon.
    if (message.type() === 'error' && url !== `${origin}/favicon.ico`)
      faults.push(`console: ${message.text()} (${url})`);
  });
  context.on('weberror', (webError) => faults.push(`uncaught: ${webError.error().stack}`));
  context.on('requestfailed', (request) => {
    const error = request.failure()?.errorText;
    // Given up by the page, which is left or reloaded.
    if (error !== 'net::ERR_ABORTED') faults.push(`no answer: ${request.method()} ${request.url()} ${error}`);
  });
  context.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (protocol !== 'data:' && asked !== origin && !others.includes(asked))
      faults.push(`another host: ${request.url()}`);
  });
  return { page: await context.newPage(), faults, leave: () => context.close() };
}
