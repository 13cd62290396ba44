import { masked } from '../../../base/secret.ts';
import type { Account, Role } from '../../state/account.ts';
import type { Release } from '../../protocol/versions/release.ts';
import type { Session } from '../../state/session.ts';
import { forgeryToken } from '../forgery-token.ts';
import { escapeHtml, renderPage } from './layout.ts';
import type { Place, Texts } from './texts.ts';
import { textsOf } from './texts.ts';

/** What a panel page shows. */
export interface PanelPage {
  readonly session: Session;
  /** The path that was asked for, with its query. */
  readonly path: string;
  /** When the browser logged in, as the panel writes times. */
  readonly since: string;
  /** Where create_session's back_url leads, where it may. */
  readonly backUrl: string | undefined;
}

/** A page of the panel, for any path below `/admin/` and `/smb/`; the `data-plesk-*` marks are for tests. */
export function panelPage(release: Release, shown: PanelPage): string {
  const { session, path, since } = shown;
  const { login, role, locale, address } = session;
  const texts = textsOf(locale);
  const rows: readonly (readonly [string, string])[] = [
    [texts.user, login],
    [texts.role, texts.roles[role]],
    [texts.release, `${release.title} (${release.protocol})`],
    [texts.page, path],
    [texts.localeName, locale],
    [texts.session, masked(session.id)],
    [texts.since, since],
    [texts.address, address],
  ];
  return inSession(
    release,
    shown,
    `<main data-plesk-page="panel" ${marks({ user: login, role, path, release: release.plesk, session: masked(session.id), locale })}>
<h1>${escapeHtml(texts.loggedInAs(login))}</h1>
<dl>
${rows.map(([term, value]) => `<dt>${term}</dt><dd>${escapeHtml(value)}</dd>`).join('\n')}
</dl>
</main>`,
  );
}

/** A page that asks a user for what the account lacks, before the page that was asked for. */
export function contactPage(
  release: Release,
  shown: PanelPage,
  { email, phone }: Pick<Account, 'email' | 'phone'>,
): string {
  const { session, path } = shown;
  const { contact } = textsOf(session.locale);
  const field = (name: string, type: string, text: string, value: string): string =>
    value === ''
      ? `<label>${text}<input name="${name}" type="${type}" autocomplete="${type}" value="" required></label>\n`
      : '';
  return inSession(
    release,
    shown,
    `<main class="narrow" data-plesk-page="contact" ${marks({ user: session.login, role: session.role, path, release: release.plesk })}>
<h1>${contact.title}</h1>
<p>${contact.why}</p>
<form method="post" action="${escapeHtml(path)}">
<input type="hidden" name="forgery_protection_token" value="${forgeryToken(session.id)}">
${field('email', 'email', contact.email, email)}${field('phone', 'tel', contact.phone, phone)}<button>${contact.save}</button>
</form>
</main>`,
  );
}

/** A form that came without the session's token. */
export function forgedPage(release: Release, shown: PanelPage): string {
  const { forged } = textsOf(shown.session.locale);
  return inSession(release, shown, `<main data-plesk-page="forged">\n<h1>${forged}</h1>\n</main>`);
}

/** What is not there. */
export function notFoundPage({ title }: Release, locale: string): string {
  const texts = textsOf(locale);
  return renderPage({
    title,
    texts,
    forgeryToken: forgeryToken(''),
    bodyClass: 'sid-not-found',
    header: '</header>',
    main: `<main data-plesk-page="not-found">\n<h1>${texts.notFound}</h1>\n</main>`,
  });
}

function inSession({ title }: Release, { session, path, backUrl }: PanelPage, main: string): string {
  const texts = textsOf(session.locale);
  const back = backUrl === undefined ? '' : `<a href="${escapeHtml(backUrl)}">${texts.back}</a>`;
  return renderPage({
    title,
    texts,
    forgeryToken: forgeryToken(session.id),
    bodyClass: 'sid-panel',
    header: `<span>${escapeHtml(session.login)}</span><form action="/logout.php"><button>${texts.logOut}</button></form></header>
<nav>${links(session.role, path, texts)}${back}</nav>`,
    main,
  });
}

const PLACES: Readonly<Record<Role, readonly (readonly [Place, string])[]>> = {
  admin: [
    ['home', '/admin/'],
    ['customers', '/admin/customer/list'],
    ['domains', '/admin/domain/list'],
  ],
  reseller: [
    ['home', '/admin/'],
    ['customers', '/admin/customer/list'],
    ['domains', '/admin/domain/list'],
  ],
  customer: [
    ['home', '/smb/'],
    ['websites', '/smb/web/view'],
    ['mail', '/smb/email-address/list'],
  ],
};

function links(role: Role, path: string, { places }: Texts): string {
  const [here] = path.split('?');
  return PLACES[role]
    .map(([place, to]) => {
      const current = to === here ? ' aria-current="page"' : '';
      return `<a href="${to}"${current}>${places[place]}</a>`;
    })
    .join('');
}

const marks = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => `data-plesk-${name}="${escapeHtml(value)}"`)
    .join(' ');
