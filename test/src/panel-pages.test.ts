import { expect, it } from 'vitest';
import { CATALOGUE } from '../../src/destinations/catalogue.ts';
import { isContinuable } from '../../src/destinations/continued.ts';
import { isPanelPage } from '../../src/destinations/panel-pages.ts';
import { browse } from '../support/browse.ts';
import { startBoth } from '../support/service.ts';

const PANEL = 'https://panel.example:8443';
const isPage = (path: string, more: readonly string[] = []): boolean =>
  isPanelPage(new URL(path, PANEL), more);

it.each([
  '/',
  '/smb',
  '/smb/',
  '/smb?x=1',
  '/smb/web/view?returnUrl=//evil.example/%2f..%5c#top',
  '/smb/a/../web/view',
  '/smb/gr\u00f6\u00dfe',
  '/smb/a%20b',
  '/admin/customer/list',
  '/admin//x',
  '/modules/wp-toolkit/index.php/index/list',
  '/plesk/client@4/domain@7/',
])('takes %s for a page of the panel', (path) => {
  expect(isPage(path)).toBe(true);
});

it.each([
  '/?x',
  '/smbx',
  '/smb.',
  '/smb./x',
  '/SMB/',
  '/sm%62/',
  '/x?/smb/',
  '/x#/smb/',
  '//smb/x',
  '/x/smb/',
  '/smb/../x',
  '/smb/%2e%2E/x',
  '/smb/..%2fx',
  '/smb/..%5cx',
  '/smb/..%20/x',
  '/smb/..;/x',
  '/smb/x::$DATA',
  '/smb/x.',
  '/smb/x%00',
  '/smb/%252e%252e/x',
  '/smb/%u002e%u002e/x',
  '/smb/%c0%ae%c0%ae/x',
  '/smb/\uff0e\uff0e/x',
  '/smb/a\uff0fb',
  '/smb%2fweb',
  '/enterprise/rsession_init.php',
  '/enterprise/control/agent.php',
  '/login_up.php',
  '/logout.php',
])('does not take %s for one', (path) => {
  // The first two slashes would name another host.
  const url = path.startsWith('//') ? `${PANEL}${path}` : path;
  expect(isPage(url)).toBe(false);
});

it('takes pages below the paths that the setting adds, and no others', () => {
  const more = ['/my-extension/', '/a.b/c/'];

  expect(['/my-extension', '/my-extension/x', '/a.b/c/d', '/smb/'].every((path) => isPage(path, more))).toBe(
    true,
  );
  expect(
    ['/my-extensions/', '/a.b/', '/axb/c/', '/my-extension/../x'].some((path) => isPage(path, more)),
  ).toBe(false);
});

it('leads to a page of an extension only where panelPaths names it, and says which setting that is', async () => {
  const destination = '/my-extension/x?y=1';
  const without = await startBoth();
  const named = await startBoth({}, { panelPaths: ['/my-extension/'] });

  const { status, body } = await without.call('Clients/CreateClientSsoToken', { user_id: 18, destination });
  const { location = '' } = await browse(await named.link({ destination }));

  expect([status, body['code']]).toEqual([422, 'destination_url_not_allowed']);
  expect(body['reason']).toContain('panelPaths');
  expect(new URL(location).searchParams.get('success_redirect_url')).toBe(destination);
});

it('leads on to no other path of the panel, whatever the store says', () => {
  const context = {
    catalogue: CATALOGUE,
    clientAreaUrl: 'https://billing.example.com',
    allowedOrigins: [PANEL],
    panelPaths: ['/my-extension/'],
  };

  const leadsTo = (path: string): boolean => isContinuable(`${PANEL}${path}`, PANEL, context);

  expect(['/smb/web/view', '/my-extension/x'].every(leadsTo)).toBe(true);
  expect(['/enterprise/rsession_init.php', '/smb/..%2flogin_up.php', '/x'].some(leadsTo)).toBe(false);
});
