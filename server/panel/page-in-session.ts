import type { Account } from '../state/account.ts';
import type { Panel } from '../state/panel.ts';
import type { Session } from '../state/session.ts';
import { logoutTarget } from './destinations.ts';
import type { BrowserRequest } from './door.ts';
import { forgeryToken } from './forgery-token.ts';
import type { PanelPage } from './pages/panel-page.ts';
import { contactPage, forgedPage, panelPage } from './pages/panel-page.ts';

/** A request for a page of the panel from a browser that is in. */
export interface PageRequest extends BrowserRequest {
  /** The path that was asked for, with its query. */
  readonly path: string;
  /** The header X-Forgery-Protection-Token. */
  readonly tokenHeader: string | undefined;
}

/** The page that is shown, or where the browser is sent. */
export type PageAnswer =
  | {
      readonly status: 200 | 403;
      readonly html: string;
      /** Why it is another page than was asked for. */
      readonly reason: string | undefined;
    }
  | { readonly location: string };

/** A page below `/admin/` or `/smb/`; a form needs the session's token, and what an account lacks is asked for first. */
export function pageInSession(session: Session, request: PageRequest, panel: Panel): PageAnswer {
  const { release, accounts, settings, time } = panel;
  const shown: PanelPage = {
    session,
    path: request.path,
    since: time.format(session.openedAt ?? session.createdAt),
    backUrl: logoutTarget({ ...session, logoutUrl: undefined }, request, panel).location,
  };
  if (request.isPost && !isGenuine(session, request)) {
    const reason = 'the form has no forgery_protection_token of this session';
    return { status: 403, html: forgedPage(release, shown), reason };
  }
  const account = accounts.get(session.accountId);
  if (!settings.askForContact || account === undefined || lacksNothing(account)) {
    return { status: 200, html: panelPage(release, shown), reason: undefined };
  }
  if (request.isPost) {
    accounts.update(account.id, entered(account, request));
    return { location: `${request.origin ?? ''}${request.path}` };
  }
  const reason = `${account.login} has no e-mail or no phone, and is asked first (askForContact)`;
  return { status: 200, html: contactPage(release, shown, account), reason };
}

function isGenuine({ id }: Session, { params, tokenHeader }: PageRequest): boolean {
  return (params.get('forgery_protection_token') ?? tokenHeader) === forgeryToken(id);
}

const lacksNothing = ({ email, phone }: Account): boolean => email !== '' && phone !== '';

/** What an account has stays; what it lacks comes from the form. */
function entered({ email, phone }: Account, { params }: PageRequest): Pick<Account, 'email' | 'phone'> {
  const filled = (had: string, name: string): string => (had === '' ? (params.get(name) ?? '').trim() : had);
  return { email: filled(email, 'email'), phone: filled(phone, 'phone') };
}
