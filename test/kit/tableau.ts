import { fileURLToPath } from 'node:url';
import type { Frame, Page } from 'playwright-core';
import { expect } from 'vitest';
import { serveFolder } from './served-folder.ts';

/** What Tableau keeps of a connection from phase to phase. */
interface Props {
  readonly connectionName?: string;
  readonly connectionData?: string;
  readonly password?: string;
}

/** What a phase came to. */
export interface Outcome {
  /** `done`, `error: …` with what Tableau would show, or `auth: …` where another token is asked for. */
  readonly ended: string;
  readonly props: Props;
  readonly schema: readonly { readonly id: string; readonly columns: readonly Record<string, unknown>[] }[];
  readonly rows: readonly Record<string, unknown>[];
  readonly progress: readonly string[];
  readonly messages: readonly string[];
}

/** Serves a page that is to the connector what Tableau’s simulator is, and a library that speaks with it. */
export const startTableau = () => serveFolder(fileURLToPath(new URL('tableau', import.meta.url)), (html) => html);

/** Begins a phase of the connector at an address. */
export async function begin(page: Page, connector: string, phase: string, props: Props = {}): Promise<void> {
  await page.evaluate(`run(${JSON.stringify(connector)}, ${JSON.stringify(phase)}, ${JSON.stringify(props)})`);
}

/** The connector’s page. */
export async function connectorFrame(page: Page): Promise<Frame> {
  const frame = await (await page.waitForSelector('iframe')).contentFrame();
  if (!frame) throw new Error('the frame has no page');
  return frame;
}

/** Waits for the end of the phase. */
export async function ended(page: Page, timeout = 60_000): Promise<Outcome> {
  await expect.poll(() => page.evaluate('state.ended'), { timeout }).not.toBeNull();
  return (await page.evaluate('state')) as Outcome;
}

/** A whole phase that nobody has to do anything in. */
export async function phase(page: Page, connector: string, name: string, props: Props): Promise<Outcome> {
  await begin(page, connector, name, props);
  return await ended(page);
}
