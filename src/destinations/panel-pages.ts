/** What the paths of a panel's pages begin with; the setting panelPaths adds others. */
export const PANEL_PATHS: readonly string[] = ['/smb/', '/admin/', '/modules/', '/plesk/'];

/**
 * Whether a URL on a panel's origin is one of its pages: its start page, or below one of these paths. Other paths of a
 * panel log in and out, and lead on to any host that their query names.
 */
export function isPanelPage({ pathname, search }: URL, more: readonly string[]): boolean {
  if (pathname === '/') return search === '';
  const below = `${pathname}/`;
  return isPlain(pathname) && [...PANEL_PATHS, ...more].some((path) => below.startsWith(path));
}

/**
 * Whether servers cannot take a path for another one: no encoded slash, nothing encoded twice, and nothing that Windows
 * drops from a name (`..%20`, `smb.`) or takes apart (`\`, `::$DATA`). `URL` has resolved `..` and `%2e%2e` before.
 */
function isPlain(pathname: string): boolean {
  const text = decoded(pathname);
  if (text === undefined || /[\\%:;\p{Cc}]|[.\s](?:\/|$)/u.test(text)) return false;
  return text.split('/').length === pathname.split('/').length;
}

/** Full-width forms become what Windows may make of them; `undefined` where a byte is no UTF-8. */
function decoded(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname).normalize('NFKC');
  } catch {
    return undefined;
  }
}

/** Whether a text can be one of panelPaths. */
export const isPanelPath = (text: string): boolean =>
  /^(?:\/[\w~-]+(?:\.[\w~-]+)*)+\/$/.test(text) && !LOGIN.test(text);

/** Pages of Plesk that log in and out. */
const LOGIN = /^\/(?:enterprise|log(?:in|out))/i;
