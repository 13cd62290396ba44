import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SettingsError } from '../../src/service.ts';
import { browse } from '../support/browse.ts';
import type { Form } from '../support/destination-pages.ts';
import { DESTINATION_PAGES } from '../support/destination-pages.ts';
import { echoUrl, makeHosts } from '../support/hosts.ts';
import { directoryOf, startBoth, startService } from '../support/service.ts';
import { folder } from '../support/tools.ts';

const AREA = 'https://billing.example.com';

/** A file for the setting `destinations`. */
function fileWith(content: unknown): string {
  const file = join(folder('destinations'), 'destinations.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

/** What stands in a route for all values of a form. */
const PLACES: Readonly<Record<Form, string>> = {
  none: '',
  slug: '/{0}',
  id: '/{0}',
  group: '/{0}',
  order: '/{0}/{1}',
};

it('replaces any row by what the file has for it', async () => {
  const rows = DESTINATION_PAGES.map(({ name, form }, index) => [name, `/page-${index}.php${PLACES[form]}`]);
  const destinations = fileWith(Object.fromEntries(rows));
  const started = await startBoth({}, { destinations, issueLimit: 1000, openLimit: 1000 });

  const found: unknown[] = [];
  for (const { name, values } of DESTINATION_PAGES) {
    const link = await started.link({ destination: name, destination_values: values });
    const { location = '' } = await browse(link);
    found.push([name, new URL(location).searchParams.get('success_redirect_url')]);
  }

  expect(found).toEqual(
    DESTINATION_PAGES.map(({ name, values }, index) => [
      name,
      [`${AREA}/page-${index}.php`, ...values].join('/'),
    ]),
  );
});

it('replaces one row alone and leaves the others as they are', async () => {
  for (const [index, { name, form, values }] of DESTINATION_PAGES.entries()) {
    if (index % 8 !== 0) continue;
    const destinations = fileWith({ [name]: `/our-own${PLACES[form]}` });
    const started = await startBoth({}, { destinations, issueLimit: 1000, openLimit: 1000 });
    const next = DESTINATION_PAGES[(index + 1) % DESTINATION_PAGES.length] ?? DESTINATION_PAGES[0];

    const found: unknown[] = [];
    for (const page of [{ name, values }, next]) {
      const link = await started.link({ destination: page?.name, destination_values: page?.values });
      const { location = '' } = await browse(link);
      found.push(new URL(location).searchParams.get('success_redirect_url'));
    }

    expect(found).toEqual([[`${AREA}/our-own`, ...values].join('/'), `${AREA}${next?.path ?? ''}`]);
  }
});

it('leads to a page of another host that a row names, which no request could ask for', async () => {
  const hosts = makeHosts('kb.other.example');
  await hosts.serve('https://kb.other.example', echoUrl);
  const destinations = fileWith({ kbase_detail: 'https://kb.other.example/a/{0}?lang=en' });
  const started = await startBoth({}, { destinations });
  const visitor = hosts.visitor({ ca: [started.plesk.ca ?? ''] });

  const { url, page } = await visitor.open(
    await started.link({ destination: 'kbase_detail', destination_values: ['reset'] }),
  );
  const asked = await started.call('Clients/CreateClientSsoToken', { user_id: 18, destination: url });

  expect(url).toBe('https://kb.other.example/a/reset?lang=en');
  expect(page.body).toContain('<p>kb.other.example/a/reset?lang=en</p>');
  expect(asked).toMatchObject({ status: 422, body: { code: 'destination_url_not_allowed' } });
});

it('refuses at issue a row whose host the panel does not let a login lead to', async () => {
  const rules = { trustedRedirectHosts: ['billing.example.com'] };
  const destinations = fileWith({ kbase: 'https://kb.other.example/' });
  const { call } = await startBoth(rules, { destinations }, rules);

  const answer = await call('Clients/CreateClientSsoToken', { user_id: 18, destination: 'kbase' });

  expect(answer).toMatchObject({
    status: 422,
    body: {
      code: 'redirect_not_allowed_by_plesk',
      plesk_release: '18.0',
      trusted_redirect_hosts: ['billing.example.com'],
    },
  });
});

it('takes other values, and other routes for some of them, where a row says so', async () => {
  const destinations = fileWith({
    'basket-pay': { route: '/pay/{0}', values: ['{id}'] },
    'ac-ps-products-t': { route: '/my/{0}', exceptions: { domain: '/names', 'special-7': '/special.php' } },
  });
  const started = await startBoth({}, { destinations });
  const end = async (destination: string, value: unknown): Promise<string | null> => {
    const link = await started.link({ destination, destination_values: [value] });
    return new URL((await browse(link)).location ?? '').searchParams.get('success_redirect_url');
  };

  expect(await end('basket-pay', 5)).toBe(`${AREA}/pay/5`);
  expect(await end('ac-ps-products-t', 'domain')).toBe(`${AREA}/names`);
  expect(await end('ac-ps-products-t', 'special-7')).toBe(`${AREA}/special.php`);
  expect(await end('ac-ps-products-t', 'special-8')).toBe(`${AREA}/my/special-8`);
  const without = await started.call('Clients/CreateClientSsoToken', {
    user_id: 18,
    destination: 'basket-pay',
  });
  expect(without).toMatchObject({ status: 422, body: { details: [{ index: 0 }] } });
});

it.each([
  ['names a page that there is not', { nothing: '/x' }, [/nothing is not known/]],
  ['has two mistakes', { news: 'x', 'order-steps': '/{0}' }, [/news: it begins/, /order-steps: \{1\}/]],
  ['is no JSON', '{ "news": "/x", }', [/destinations\.json, /]],
  ['is a list', [], [/an object is needed/]],
])('does not start where the file %s, and says why', async (_what, content, mistakes) => {
  const destinations = fileWith(content);

  const started = startService(directoryOf({}, { users: { '18': { active: true, accounts: [] } } }), {
    destinations,
  });

  const error: unknown = await started.catch((reason: unknown) => reason);
  if (!(error instanceof SettingsError)) throw new Error(`started, or failed otherwise: ${String(error)}`);
  expect(error.mistakes).toEqual(mistakes.map((mistake) => expect.stringMatching(mistake) as string));
  for (const mistake of error.mistakes) expect(mistake).toContain(`destinations: ${destinations}`);
});

it('does not start where the file cannot be read', async () => {
  const destinations = join(folder('destinations'), 'none.json');

  await expect(
    startService(directoryOf({}, { users: { '18': { active: true, accounts: [] } } }), { destinations }),
  ).rejects.toThrow(`${destinations} cannot be read`);
});
