import { expect, it } from 'vitest';
import { variableOf } from '../../base/settings.ts';
import { START_OPTIONS } from '../../server/commands/start.ts';
import { unknownVariables } from '../../server/commands/unknown-variables.ts';
import { PREFIX, SETTINGS } from '../../server/settings.ts';

const unknownIn = (env: Readonly<Record<string, string>>): readonly string[] =>
  unknownVariables(env, START_OPTIONS);

it.each([
  ['PLESK_EMULATOR_HTP_PORT', 'do you mean PLESK_EMULATOR_HTTP_PORT?'],
  ['PLESK_EMULATOR_HTTPPORT', 'do you mean PLESK_EMULATOR_HTTP_PORT?'],
  ['PLESK_EMULATOR_http_port', 'do you mean PLESK_EMULATOR_HTTP_PORT?'],
  ['PLESK_EMULATOR_LOGS', 'do you mean PLESK_EMULATOR_LOG?'],
  ['PLESK_EMULATOR_API_ALLOWED_IP', 'do you mean PLESK_EMULATOR_API_ALLOWED_IPS?'],
  ['PLESK_EMULATOR_SERVICE', '--help lists what is'],
  ['PLESK_EMULATOR_RELEASE', '--help lists what is'],
  ['PLESK_EMULATOR_', '--help lists what is'],
])('says that %s is not known', (variable, hint) => {
  expect(unknownIn({ [variable]: '1' })).toEqual([`${variable} is not known and has no effect; ${hint}`]);
});

it('knows every setting, and what the other commands have', () => {
  const names = [...Object.keys(SETTINGS), ...Object.keys(START_OPTIONS), 'url', 'timeout', 'caDir'];

  expect(unknownIn(Object.fromEntries(names.map((name) => [variableOf(PREFIX, name), 'x'])))).toEqual([]);
});

it('says nothing of what has another prefix, and of what is empty', () => {
  expect(unknownIn({ PLESK_HTP_PORT: '1', HTP_PORT: '1', PLESK_EMULATOR_HTP_PORT: '' })).toEqual([]);
});

it('says nothing of what Kubernetes makes for the services plesk-emulator and plesk-emulator-db', () => {
  const made = ['', 'DB_'].flatMap((service): (readonly [string, string])[] => [
    [`${service}SERVICE_HOST`, '10.0.0.11'],
    [`${service}SERVICE_PORT`, '8880'],
    [`${service}SERVICE_PORT_HTTP_API`, '8880'],
    [`${service}PORT`, 'tcp://10.0.0.11:8880'],
    [`${service}PORT_8880_TCP`, 'tcp://10.0.0.11:8880'],
    [`${service}PORT_8880_TCP_PROTO`, 'tcp'],
    [`${service}PORT_8880_TCP_PORT`, '8880'],
    [`${service}PORT_8880_TCP_ADDR`, '10.0.0.11'],
    [`${service}PORT_53_UDP_ADDR`, '10.0.0.11'],
  ]);

  expect(unknownIn(Object.fromEntries(made.map(([name, value]) => [`${PREFIX}${name}`, value])))).toEqual([]);
});

it('says nothing of what a link of Docker makes', () => {
  expect(
    unknownIn({
      PLESK_EMULATOR_NAME: '/web/plesk-emulator',
      PLESK_EMULATOR_ENV_NODE_VERSION: '24.0.0',
      PLESK_EMULATOR_PORT: 'tcp://172.17.0.2:8880',
      PLESK_EMULATOR_PORT_8880_TCP_ADDR: '172.17.0.2',
      PLESK_EMULATOR_PORT_8880_TCP_START: 'tcp://172.17.0.2:8880',
    }),
  ).toEqual([]);
});
