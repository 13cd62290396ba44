import { createHash } from 'node:crypto';
import type { Release } from '../protocol/versions/release.ts';
import type { Session } from '../state/sessions.ts';

/** What a panel page shows. */
export interface PanelPage {
  readonly session: Session;
  /** The path that was asked for, with its query. */
  readonly path: string;
}

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { margin: 0 }
header { padding: 1rem 1.5rem; background: #1d5a8c; color: #fff; font-weight: 600 }
main { max-width: 42rem; margin: 2rem auto; padding: 0 1.5rem }
h1 { font-size: 1.5rem }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .5rem 1.5rem }
dt { opacity: .75 }
dd { margin: 0; overflow-wrap: anywhere }
footer { max-width: 42rem; margin: 3rem auto 1rem; padding: 0 1.5rem; font-size: .875rem; opacity: .75 }
`;

/** Nothing but our own style runs or loads on a page. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "form-action 'self'",
  "frame-ancestors 'self'",
  "base-uri 'none'",
].join('; ');

/** A page of the panel, for any path below `/admin/` and `/smb/`; the `data-plesk-*` marks are for tests. */
export function panelPage({ title }: Release, { session, path }: PanelPage): string {
  const { login, role } = session;
  return page(
    title,
    `<main data-plesk-user="${escapeHtml(login)}" data-plesk-role="${role}" data-plesk-path="${escapeHtml(path)}">
<h1>Logged in as ${escapeHtml(login)}</h1>
<dl>
<dt>Role</dt><dd>${ROLES[role]}</dd>
<dt>Page</dt><dd>${escapeHtml(path)}</dd>
<dt>Language</dt><dd>${escapeHtml(session.locale)}</dd>
</dl>
</main>`,
  );
}

const ROLES = { admin: 'Administrator', reseller: 'Reseller', customer: 'Customer' } as const;

/** Where a browser without a session ends. */
export function loginPage({ title }: Release): string {
  return page(
    title,
    `<main data-plesk-page="login">
<h1>Log in</h1>
<p>You are not logged in to this panel. Ask the system that sent you here for a new link.</p>
<p>Logging in by name and password is not emulated yet; sessions are made by create_session.</p>
</main>`,
  );
}

/** What is not there. */
export function notFoundPage({ title }: Release): string {
  return page(title, '<main data-plesk-page="not-found">\n<h1>Page not found</h1>\n</main>');
}

const page = (title: string, main: string): string => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>${STYLE}</style>
</head>
<body>
<header>${escapeHtml(title)}</header>
${main}
<footer>plesk-emulator: a test double, no Plesk product</footer>
</body>
</html>
`;

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (found) => HTML[found] ?? '');

const HTML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
