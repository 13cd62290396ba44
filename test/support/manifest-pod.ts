import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { randomIds } from '../../base/ids.ts';
import { SettingsError } from '../../base/settings-error.ts';
import { variableOf } from '../../base/settings.ts';
import { SERVE_OPTIONS } from '../../src/commands/serve.ts';
import type { Settings } from '../../src/config.ts';
import { readConfig } from '../../src/config.ts';
import { DirectoryError } from '../../src/directory/directory-error.ts';
import { loadDirectory } from '../../src/directory/load.ts';
import { readPepper } from '../../src/pepper-keys.ts';
import { PREFIX, SETTINGS } from '../../src/settings.ts';
import { testClock } from './clock.ts';
import type { Manifest } from './manifest.ts';
import { folder } from './tools.ts';

type Spec = NonNullable<NonNullable<Deployment['spec']>['template']['spec']>;
type Env = Readonly<Record<string, string>>;

/** The pod of a deployment. */
export function podOf({ spec }: Deployment): Spec {
  if (spec?.template.spec === undefined) throw new Error('the Deployment has no pod');
  return spec.template.spec;
}

/** Its one container. */
export function containerOf(deployment: Deployment): Spec['containers'][number] {
  const [container, ...others] = podOf(deployment).containers;
  if (container === undefined || others.length > 0) throw new Error('the pod has not one container');
  return container;
}

/** What the service finds in its container: what it is set to, or why it would not start. */
export async function startIn(
  manifest: Manifest,
): Promise<{ readonly settings: Settings; readonly env: Env } | { readonly mistakes: readonly string[] }> {
  const { env, mistakes } = environmentOf(manifest);
  const mounted = mountedIn(manifest);
  const all = [...mistakes, ...mounted.mistakes];
  if (all.length > 0) return { mistakes: all };
  const here = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, mounted.here(value)]));
  try {
    const { settings } = readConfig([], here, {}, SERVE_OPTIONS);
    const pepper = await readPepper(settings.pepperKeys, here, randomIds);
    await loadDirectory({ file: settings.directory, clock: testClock(), env: here, pepper });
    return isReachable(settings)
      ? { settings, env: here }
      : { mistakes: [`${settings.host} is reached by nobody outside of the container`] };
  } catch (error) {
    if (error instanceof SettingsError || error instanceof DirectoryError)
      return { mistakes: error.mistakes };
    throw error;
  }
}

const isReachable = ({ host }: Settings): boolean => host === '0.0.0.0' || host === '::';

function environmentOf({ deployment, service, secret }: Manifest): {
  readonly env: Env;
  readonly mistakes: readonly string[];
} {
  const mistakes: string[] = [];
  const env: Record<string, string> = {};
  if (podOf(deployment).enableServiceLinks !== false) Object.assign(env, linksOf(service));
  for (const { name, value = '', valueFrom } of containerOf(deployment).env ?? []) {
    const { name: from, key } = valueFrom?.secretKeyRef ?? {};
    const found = key === undefined || from !== secret.metadata?.name ? undefined : secret.stringData?.[key];
    if (valueFrom !== undefined && found === undefined)
      mistakes.push(`${name}: there is no ${String(key)} in the Secret ${String(from)}`);
    if (name.startsWith(PREFIX) && !KNOWN.has(name)) mistakes.push(`${name} is no variable of a setting`);
    env[name] = found ?? value;
  }
  return { env, mistakes };
}

const KNOWN = new Set(Object.keys({ ...SETTINGS, ...SERVE_OPTIONS }).map((name) => variableOf(PREFIX, name)));

/** What Kubernetes puts into every container for a Service, unless it is told not to. */
function linksOf({ metadata, spec }: Manifest['service']): Env {
  const name = (metadata?.name ?? '').toUpperCase().replaceAll('-', '_');
  const port = spec?.ports?.[0]?.port ?? 0;
  return {
    [`${name}_SERVICE_HOST`]: '10.96.0.7',
    [`${name}_SERVICE_PORT`]: String(port),
    [`${name}_PORT`]: `tcp://10.96.0.7:${port}`,
    [`${name}_PORT_${port}_TCP`]: `tcp://10.96.0.7:${port}`,
    [`${name}_PORT_${port}_TCP_PROTO`]: 'tcp',
    [`${name}_PORT_${port}_TCP_PORT`]: String(port),
    [`${name}_PORT_${port}_TCP_ADDR`]: '10.96.0.7',
  };
}

/** The files of the Secret in a folder, as the kubelet mounts them, until the test ends. */
function mountedIn({ deployment, secret }: Manifest): {
  /** A text with paths of the container, as they are here. */
  readonly here: (text: string) => string;
  readonly mistakes: readonly string[];
} {
  const { volumes = [], securityContext } = podOf(deployment);
  const root = folder('pod');
  const mounts = containerOf(deployment).volumeMounts ?? [];
  const here = (text: string): string =>
    mounts.reduce((result, { mountPath }) => result.replaceAll(mountPath, join(root, mountPath)), text);
  const mistakes: string[] = [];
  for (const { name, mountPath } of mounts) {
    const from = volumes.find((volume) => volume.name === name)?.secret;
    if (from === undefined || from.secretName !== secret.metadata?.name) {
      mistakes.push(`${mountPath}: there is no Secret for the volume ${name}`);
      continue;
    }
    const group = securityContext?.fsGroup;
    const standing = from.defaultMode ?? 0o644;
    // Root's, and readable for the group of the volume where there is one, whatever the mode.
    const mode = group === undefined ? standing : standing | 0o440;
    if (group === undefined && (standing & 0o004) === 0)
      mistakes.push(`${mountPath}: root alone may read it, there is no fsGroup`);
    const files = Object.entries(secret.stringData ?? {}).map(([key, text]) => [key, here(text)] as const);
    mount(here(mountPath), files, mode);
  }
  return { here, mistakes };
}

/** Files behind the two links of a volume. */
function mount(at: string, files: readonly (readonly [name: string, text: string])[], mode: number): void {
  mkdirSync(join(at, '..1'), { recursive: true });
  symlinkSync('..1', join(at, '..data'));
  for (const [name, text] of files) {
    writeFileSync(join(at, '..1', name), text);
    chmodSync(join(at, '..1', name), mode);
    symlinkSync(join('..data', name), join(at, name));
  }
}
