import { expect, it, onTestFinished } from 'vitest';
import { startTokenService } from '../../src/service.ts';
import { mistakesBetween } from '../support/manifest-mistakes.ts';
import { containerOf, startIn } from '../support/manifest-pod.ts';
import type { Manifest } from '../support/manifest.ts';
import { readManifest, textOfPage } from '../support/manifest.ts';

/** What the page has in place of a pepper, and one. */
const SAMPLE_PEPPER = 'pepper: openssl rand -base64 48';
const PEPPER = 'pepper: a-pepper-for-tests-only-of-more-than-32-characters';

/** The manifest of the page with a pepper in it; with `from`, another that has `to` in its place. */
function manifestText(from = '', to = ''): string {
  const text = textOfPage().replace(SAMPLE_PEPPER, PEPPER);
  if (!text.includes(PEPPER) || !text.includes(from)) throw new Error(`the page does not have ${from}`);
  return text.replace(from, to);
}

/** All that is wrong with a manifest. */
async function mistakesIn(text: string): Promise<readonly string[]> {
  const read = readManifest(text);
  if ('mistakes' in read) return read.mistakes;
  const started = await startIn(read.manifest);
  return [...mistakesBetween(read.manifest), ...('mistakes' in started ? started.mistakes : [])];
}

function manifestOf(text: string): Manifest {
  const read = readManifest(text);
  if ('mistakes' in read) throw new Error(read.mistakes.join('\n'));
  return read.manifest;
}

it('shows a manifest that fits the schemas of Kubernetes, itself, and the service', async () => {
  expect(await mistakesIn(manifestText())).toEqual([]);
});

it('shows a manifest whose sample pepper starts no service', async () => {
  const mistakes = await mistakesIn(textOfPage());

  expect(mistakes).toHaveLength(1);
  expect(mistakes[0]).toMatch(/pepper has fewer than 32 characters$/);
});

it('shows probes that a service with these settings answers', async () => {
  const manifest = manifestOf(manifestText());
  const started = await startIn(manifest);
  if ('mistakes' in started) throw new Error(started.mistakes.join('\n'));
  const { settings, env } = started;
  const own = {
    host: '127.0.0.1',
    metricsHost: '127.0.0.1',
    port: 0,
    metricsPort: 0,
    store: 'memory',
    drainMs: 0,
  };
  const service = await startTokenService({ ...settings, ...own, env });
  onTestFinished(() => service.close());
  const { startupProbe, livenessProbe, readinessProbe } = containerOf(manifest.deployment);

  for (const probe of [startupProbe, livenessProbe, readinessProbe]) {
    const { status } = await fetch(`${service.metricsUrl}${probe?.httpGet?.path ?? ''}`);
    expect(status).toBe(200);
  }
});

it.each([
  ['a number that is a word', 'replicas: 2', 'replicas: two', /^Deployment: .*spec\/replicas/],
  ['a field that there is not', 'readinessProbe:', 'readynessProbe:', /^Deployment: .*readynessProbe/],
  ['a version of old', 'apps/v1', 'apps/v1beta1', 'apps/v1beta1 Deployment is not expected here'],
  ['no selector', /selector:\n {4}matchLabels.*\n {2}template/, 'template', /^Deployment: .*selector/],
  ['a document that is missing', /---\napiVersion: policy[^]*/, '', 'there is no right PodDisruptionBudget'],
  ['a quantity that is none', 'memory: 256Mi', 'memory: 256 MB', /^Deployment: .*limits\/memory/],
] as const)('refuses by its schema %s', async (_what, from, to, mistake) => {
  const text = typeof from === 'string' ? manifestText(from, to) : manifestText().replace(from, to);

  expect(text).not.toBe(manifestText());
  expect(await mistakesIn(text)).toContainEqual(
    typeof mistake === 'string' ? mistake : expect.stringMatching(mistake),
  );
});

const LABELS = '{ app.kubernetes.io/name: plesk-sso }';

it.each([
  [
    'a Service of other labels',
    `selector: ${LABELS}`,
    'selector: { app: sso }',
    'Service: its selector finds no pod',
  ],
  [
    'pods of other labels',
    `labels: ${LABELS}`,
    'labels: { app: sso }',
    'PodDisruptionBudget: its selector finds no pod',
  ],
  [
    'a Service for the metrics',
    'targetPort: http',
    'targetPort: metrics',
    'Service: its port http does not lead to the port for browsers',
  ],
  [
    'a Service for no port',
    'targetPort: http',
    'targetPort: web',
    'Service: its port http does not lead to the port for browsers',
  ],
  [
    'another port',
    'containerPort: 9081',
    'containerPort: 9090',
    "the port metrics is not 9081, as it is in the service's settings",
  ],
  [
    'a probe of the wrong port',
    '/readyz, port: metrics',
    '/readyz, port: http',
    'readinessProbe does not ask /readyz on the metrics port',
  ],
  [
    'liveness by readiness',
    '/healthz, port: metrics }\n            periodSeconds: 10',
    '/readyz, port: metrics }\n            periodSeconds: 10',
    'livenessProbe does not ask /healthz on the metrics port',
  ],
  [
    'too little time to end',
    'terminationGracePeriodSeconds: 15',
    'terminationGracePeriodSeconds: 10',
    'terminationGracePeriodSeconds: ending takes up to 12 s',
  ],
  [
    'a budget that lets none go',
    'minAvailable: 1',
    'minAvailable: 2',
    'PodDisruptionBudget: no replica may go, or all of them',
  ],
  [
    'replicas that share nothing',
    /store: rediss.*/.exec(textOfPage())?.[0] ?? '',
    'store: memory',
    '2 replicas do not share what is in memory',
  ],
  ['root', 'runAsUser: 1000', 'runAsUser: 0', 'it lacks runAsUser: 1000, as in the image'],
  [
    'a file system to write to',
    'readOnlyRootFilesystem: true',
    'readOnlyRootFilesystem: false',
    'it lacks readOnlyRootFilesystem: true',
  ],
  ['capabilities', 'drop: [ALL]', 'drop: []', 'it lacks capabilities: drop ALL'],
  ['all system calls', 'type: RuntimeDefault', 'type: Unconfined', 'it lacks seccompProfile: RuntimeDefault'],
])('refuses, of the pod and what leads to it, %s', async (_what, from, to, mistake) => {
  expect(await mistakesIn(manifestText(from, to))).toContain(mistake);
});

it.each([
  [
    'the variables of Service links',
    'enableServiceLinks: false',
    'enableServiceLinks: true',
    "PLESK_SSO_PORT: 'tcp://10.96.0.7:80' is no whole number",
  ],
  [
    'a variable that there is not',
    'PLESK_SSO_DIRECTORY,',
    'PLESK_SSO_DIRECTORY_FILE,',
    'PLESK_SSO_DIRECTORY_FILE is no variable of a setting',
  ],
  [
    'a setting that is missing',
    'name: PLESK_SSO_PUBLIC_URL',
    'name: PUBLIC_URL',
    '--public-url is missing: where browsers reach this service; links begin so',
  ],
  [
    'an address without TLS',
    'https://login.',
    'http://login.',
    "PLESK_SSO_PUBLIC_URL: 'http://login.example.com' is no https URL without a path (http is for loopback only)",
  ],
  [
    'loopback',
    'value: 0.0.0.0',
    'value: 127.0.0.1',
    '127.0.0.1 is reached by nobody outside of the container',
  ],
  [
    'another Secret',
    'secretName: plesk-sso',
    'secretName: sso',
    '/etc/plesk-sso: there is no Secret for the volume secrets',
  ],
  [
    'another volume',
    'name: secrets, mountPath',
    'name: files, mountPath',
    '/etc/plesk-sso: there is no Secret for the volume files',
  ],
  [
    'a key that the Secret has not',
    'key: store',
    'key: redis',
    'PLESK_SSO_STORE: there is no redis in the Secret plesk-sso',
  ],
  [
    'no group',
    'fsGroup: 1000',
    'fsGroupChangePolicy: Always',
    '/etc/plesk-sso: root alone may read it, there is no fsGroup',
  ],
])('refuses, of what the service is given, %s', async (_what, from, to, mistake) => {
  expect(await mistakesIn(manifestText(from, to))).toContain(mistake);
});

it.each([
  [
    'that everybody may read',
    'defaultMode: 0440',
    'defaultMode: 0644',
    /everybody on this machine may use it \(mode 644\)/,
  ],
  [
    'of the mode that is usual',
    ', defaultMode: 0440',
    '',
    /everybody on this machine may use it \(mode 644\)/,
  ],
  ['whose mode is decimal', 'defaultMode: 0440', 'defaultMode: 440', /other users may write it \(mode 670\)/],
  ['that is elsewhere', 'value: /etc/plesk-sso/dir', 'value: /etc/plesk-sso/the-dir', /it is not there/],
  ['with a mistake', '"release": "18.0"', '"release": "18.1"', /servers\.plesk-1\.release/],
  [
    'of a server that it has not',
    '"server": "plesk-1"',
    '"server": "plesk-2"',
    /users\.18\.accounts\.0\.server/,
  ],
])('refuses a directory %s', async (_what, from, to, mistake) => {
  expect(await mistakesIn(manifestText(from, to))).toEqual([expect.stringMatching(mistake)]);
});

it('takes a directory of mode 0400 too, since the group of the volume may read it in any case', async () => {
  expect(await mistakesIn(manifestText('defaultMode: 0440', 'defaultMode: 0400'))).toEqual([]);
});
