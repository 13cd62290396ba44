import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import type { Control } from '../control/control.ts';
import { send, sendJson } from './control-answers.ts';
import { packageRoot } from '../package-root.ts';

/** The browser runs and shows what comes from here and nothing else, and nobody frames it. */
const POLICY =
  "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Answers a file of the folder `inspector/`; the name is one that this file's caller lists. */
export async function sendInspectorFile(
  name: string,
  response: ServerResponse,
  control: Control,
): Promise<void> {
  const file = join(packageRoot(), 'inspector', name);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) {
    const error = `${file} cannot be read: the package is not whole`;
    sendJson(response, control, 500, { error, mistakes: [error] });
    return;
  }
  send(
    response,
    control,
    200,
    {
      'Content-Type': TYPES[extname(name)],
      'Content-Security-Policy': POLICY,
      'Referrer-Policy': 'no-referrer',
    },
    text,
  );
}
