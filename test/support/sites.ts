import type { Page, Response } from 'playwright-core';
import { serve } from './browse.ts';

/** The other name of this machine, which is another site for browsers. */
export const elsewhere = (url: string): string => url.replace('127.0.0.1', 'localhost');

/** A site of somebody else until the test ends, all of whose addresses show this; a browser complains of nothing. */
export const site = (title: string, body = ''): Promise<string> =>
  serve((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' });
    response.end(
      `<!DOCTYPE html><title>${title}</title><link rel="icon" href="data:,"><h1>${title}</h1>${body}`,
    );
  });

/** Clicks, and answers what the browser got for it, once that is shown. */
export async function press(page: Page, selector = 'button'): Promise<Response> {
  const [response] = await Promise.all([
    page.waitForResponse((one) => one.request().isNavigationRequest()),
    page.waitForEvent('domcontentloaded'),
    page.click(selector),
  ]);
  return response;
}
