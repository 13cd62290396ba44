import type { Release } from '../../protocol/versions/release.ts';
import { forgeryToken } from '../forgery-token.ts';
import type { LoginForm } from '../login-up.ts';
import { escapeHtml, renderPage } from './layout.ts';
import type { Texts } from './texts.ts';
import { textsOf } from './texts.ts';

/** What the login page shows. */
export interface LoginPage {
  readonly form: LoginForm;
  readonly locale: string;
  /** The parameters that the form carries on, as they came in. */
  readonly params: ReadonlyMap<string, string>;
}

/** The login form: the names of its fields, its token and its messages are what clients look for. */
export function loginPage(release: Release, { form, locale, params }: LoginPage): string {
  const texts = textsOf(locale);
  const message = form.message === undefined ? undefined : texts.messages[form.message];
  return renderPage({
    title: release.title,
    texts,
    forgeryToken: forgeryToken(''),
    bodyClass: 'sid-login',
    header: '</header>',
    main: `<main class="narrow" data-plesk-page="login" data-plesk-release="${release.plesk}">
<h1>${texts.logIn}</h1>
${message === undefined ? '' : `<p role="alert">${escapeHtml(message)}</p>\n`}<form method="post" action="${release.login.form}">
<label>${texts.username}<input name="login_name" value="${escapeHtml(form.login)}" autocomplete="username" autocapitalize="none" spellcheck="false"${form.login === '' ? ' autofocus' : ''}></label>
<label>${texts.password}<input name="passwd" type="password" autocomplete="current-password"${form.login === '' ? '' : ' autofocus'}></label>
<label>${texts.interfaceLanguage}<select name="locale_id">${localeOptions(release, texts, params)}</select></label>
${CARRIED.map((name) => hidden(name, params)).join('')}<button>${texts.logIn}</button>
</form>
<script type="application/json" id="login-page-data">${pageData(release, form, texts, message)}</script>
</main>`,
  });
}

const CARRIED = ['success_redirect_url', 'failure_redirect_url', 'no_frames'];

function hidden(name: string, params: ReadonlyMap<string, string>): string {
  const value = params.get(name);
  return value === undefined ? '' : `<input type="hidden" name="${name}" value="${escapeHtml(value)}">\n`;
}

function localeOptions(
  { locales }: Release,
  { standard }: Texts,
  params: ReadonlyMap<string, string>,
): string {
  const asked = params.get('locale_id') ?? '';
  const options = locales.map((code) => {
    const chosen = code === asked ? ' selected' : '';
    return `<option value="${code}" lang="${code}"${chosen}>${escapeHtml(nameOfLocale(code))}</option>`;
  });
  return `<option value="default">${standard}</option>${options.join('')}`;
}

/** A language by its own name. */
function nameOfLocale(code: string): string {
  let name = NAMES.get(code);
  if (name === undefined) {
    name = new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code;
    NAMES.set(code, name);
  }
  return name;
}

const NAMES = new Map<string, string>();

/** What the scripts of Plesk's own page are given; a client reads the words of a failure from it. */
function pageData(
  { locales }: Release,
  { login }: LoginForm,
  { error: title }: Texts,
  message: string | undefined,
): string {
  const data = {
    values: { login_name: login, passwd: '', locale_id: 'default' },
    availableLocales: locales.map((code) => ({ code })),
    messages: message === undefined ? [] : [{ status: 'error', title, content: message }],
  };
  // Within a script element only `<` could end it.
  return JSON.stringify(data).replaceAll('<', String.raw`\u003c`);
}
