import { expect, it } from 'vitest';
import type { SettingTable } from '../../base/settings.ts';
import { flagOf, variableOf } from '../../base/settings.ts';
import { SERVE_OPTIONS } from '../../src/commands/serve.ts';
import { CATALOGUE } from '../../src/destinations/catalogue.ts';
import { PANEL_PATHS } from '../../src/destinations/panel-pages.ts';
import { PROBLEMS } from '../../src/problems.ts';
import { PREFIX, SETTINGS } from '../../src/settings.ts';

const GENERATED = 'Generated; `npx vitest run test/src/docs.test.ts -u` writes it anew.';

it('describes every setting in docs/token-service-options.md (vitest -u writes it)', async () => {
  await expect(`# Settings of the token service

${GENERATED}

Each is a flag, an environment variable, or an entry of the JSON file that \`--config\` names, in this order of precedence; in-process it is an
option of \`startTokenService({ ... })\` from \`plesk-emulator/token-service\`. Lists have commas between their entries. \`publicUrl\`, \`clientAreaUrl\` and \`directory\`
have to be given.

| name | flag | variable | default | what |
|---|---|---|---|---|
${rowsOf(SETTINGS)}

Only the program has these:

| name | flag | variable | default | what |
|---|---|---|---|---|
${rowsOf(SERVE_OPTIONS)}
`).toMatchFileSnapshot('../../docs/token-service-options.md');
});

it('lists all destinations in docs/destinations.md (vitest -u writes it)', async () => {
  const rows = [...CATALOGUE].map(([name, { description, values, route, exceptions, isOurChoice }]) => {
    const forms = values.map((form) => form.map((text) => `\`${text}\``).join(' or '));
    const others = [...(exceptions ?? [])].map(([value, to]) => `; \`${value}\`: \`${to}\``);
    return `| ${name} | ${forms.join(', then ') || '–'} | \`${route}\`${others.join('')}${isOurChoice === true ? ' (ours)' : ''} | ${description} |`;
  });
  await expect(`# Destinations by name

${GENERATED}

The names are those of WISECP's public list. Routes belong to an installation: these are the ones that its public documents show, and where they show none, our choice (ours). A file
of yours replaces any of them, setting \`destinations\`:

\`\`\`json
{ "ac-ps-products": "/my/services", "ac-ps-product": "https://my.example.com/service/{0}" }
\`\`\`

A row can have other values too, and other routes for some first values: \`{ "basket-pay": { "route": "/pay/{0}", "values": ["{id}"] }, "ac-ps-products-t": { "route":
"/my/{0}", "exceptions": { "domain": "/domains" } } }\`. No name can be added.

A route is a path below the client area, or a URL of its own; \`{0}\` is the first of destination_values. \`{slug}\` stands for 1 to 190 of the letters
A to Z, a to z, digits, \`.\`, \`_\` and \`-\`, at least one of them a letter or digit; \`{id}\` for 1 to 2147483647.

| name | destination_values | route | what |
|---|---|---|---|
${rows.join('\n')}

## Pages of the panel

A destination such as \`/smb/web/view\` is a page of the user's Plesk. It begins with one of

${PANEL_PATHS.map((path) => `- \`${path}\``).join('\n')}

or is \`/\` alone. The setting \`panelPaths\` adds others, such as \`/my-extension/\`. Everything else on the panel's origin is 422
\`destination_url_not_allowed\`: Plesk's pages that log in and out lead on to any host that their query names. So is a path that servers read in different
ways: with an encoded slash, backslash or percent sign, \`:\` or \`;\`, or a name that ends with a dot or blank. A query may be anything.
`).toMatchFileSnapshot('../../docs/destinations.md');
});

it('lists all failures in docs/token-service-failures.md (vitest -u writes it)', async () => {
  const rows = Object.entries(PROBLEMS).map(
    ([code, { status, message }]) => `| ${status} | \`${code}\` | ${message} |`,
  );
  await expect(`# Failures of the token service

${GENERATED}

\`\`\`json
{ "status": "error", "message": "...", "code": "...", "request_id": "..." }
\`\`\`

\`destination_values_invalid\` has \`details\` besides, a list of \`index\` and \`reason\`; \`redirect_not_allowed_by_plesk\` the server's \`plesk_release\` and
\`trusted_redirect_hosts\`. What passes by itself has \`Retry-After\`, in seconds. Browsers get a page in plain words with the same status, which never tells whether a token was used,
expired or unknown.

| HTTP | code | message |
|---|---|---|
${rows.join('\n')}
`).toMatchFileSnapshot('../../docs/token-service-failures.md');
});

function rowsOf(table: SettingTable): string {
  const rows = Object.entries(table).map(([name, { kind, value, says, standard }]) => {
    const flag =
      kind === 'boolean' ? `--${flagOf(name)}, --no-${flagOf(name)}` : `--${flagOf(name)} ${value}`;
    const shown = standard === undefined ? '' : `\`${JSON.stringify(standard)}\``;
    return `| \`${name}\` | \`${flag.replaceAll('|', '\\|')}\` | \`${variableOf(PREFIX, name)}\` | ${shown} | ${says} |`;
  });
  return rows.join('\n');
}
