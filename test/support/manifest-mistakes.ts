import { SETTINGS } from '../../src/settings.ts';
import type { Manifest } from './manifest.ts';
import { containerOf, podOf } from './manifest-pod.ts';

/** What is wrong between the documents of a manifest, and with what they say of the service, each in a sentence. */
export const mistakesBetween = (manifest: Manifest): readonly string[] =>
  CHECKS.flatMap((check) => check(manifest));

type Check = (manifest: Manifest) => readonly string[];
type Labels = Readonly<Record<string, string>> | undefined;

const CHECKS: readonly Check[] = [selectors, servicePorts, containerPorts, probes, ending, replicas, rights];

function selectors({ deployment, service, budget }: Manifest): readonly string[] {
  const { selector, template } = deployment.spec ?? {};
  const labels = template?.metadata?.labels ?? {};
  const finds = (wanted: Labels): boolean =>
    wanted !== undefined && Object.entries(wanted).every(([name, value]) => labels[name] === value);
  const spread = podOf(deployment).topologySpreadConstraints ?? [];
  const all: readonly (readonly [string, Labels])[] = [
    ['Deployment', selector?.matchLabels],
    ['Service', service.spec?.selector],
    ['PodDisruptionBudget', budget.spec?.selector?.matchLabels],
    ...spread.map((one) => ['topologySpreadConstraints', one.labelSelector?.matchLabels] as const),
  ];
  return all.filter(([, wanted]) => !finds(wanted)).map(([what]) => `${what}: its selector finds no pod`);
}

/** The number of a port that a document names. */
function numberOf({ deployment }: Manifest, port: string | number | undefined): number | undefined {
  const ports = containerOf(deployment).ports ?? [];
  return ports.find(({ name, containerPort }) => name === port || containerPort === port)?.containerPort;
}

function containerPorts(manifest: Manifest): readonly string[] {
  const ports = { http: SETTINGS.port.standard, metrics: SETTINGS.metricsPort.standard };
  return Object.entries(ports)
    .filter(([name, port]) => numberOf(manifest, name) !== port)
    .map(([name, port]) => `the port ${name} is not ${port}, as it is in the service's settings`);
}

function servicePorts(manifest: Manifest): readonly string[] {
  const ports = manifest.service.spec?.ports ?? [];
  return ports
    .filter(({ port, targetPort }) => numberOf(manifest, targetPort ?? port) !== SETTINGS.port.standard)
    .map(({ name = '' }) => `Service: its port ${name} does not lead to the port for browsers`);
}

/** Liveness must not ask what Redis does; readiness has to. */
const ASKED = { startupProbe: '/healthz', livenessProbe: '/healthz', readinessProbe: '/readyz' } as const;

function probes(manifest: Manifest): readonly string[] {
  const container = containerOf(manifest.deployment);
  return Object.entries(ASKED).flatMap(([name, path]) => {
    const asks = container[name as keyof typeof ASKED]?.httpGet;
    const isRight = asks?.path === path && numberOf(manifest, asks.port) === SETTINGS.metricsPort.standard;
    return isRight ? [] : [`${name} does not ask ${path} on the metrics port`];
  });
}

/** How long what is under way may take when the ports close. */
const GRACE_S = 7;

function ending({ deployment }: Manifest): readonly string[] {
  const { terminationGracePeriodSeconds: given = 30 } = podOf(deployment);
  const [program, seconds] = containerOf(deployment).lifecycle?.preStop?.exec?.command ?? [];
  const before = program === 'sleep' ? Number(seconds) : 0;
  const needed = before + SETTINGS.drainMs.standard / 1000 + GRACE_S;
  return given > needed ? [] : [`terminationGracePeriodSeconds: ending takes up to ${needed} s`];
}

function replicas({ deployment, budget, secret }: Manifest): readonly string[] {
  const { replicas: count = 1 } = deployment.spec ?? {};
  const least = Number(budget.spec?.minAvailable);
  return [
    ...(least >= 1 && least < count ? [] : ['PodDisruptionBudget: no replica may go, or all of them']),
    ...(count > 1 && secret.stringData?.['store'] === 'memory'
      ? [`${count} replicas do not share what is in memory`]
      : []),
  ];
}

function rights({ deployment }: Manifest): readonly string[] {
  const { securityContext: pod, ...rest } = podOf(deployment);
  const { securityContext: own, resources } = containerOf(deployment);
  const wanted = {
    'runAsNonRoot: true': pod?.runAsNonRoot === true,
    'runAsUser: 1000, as in the image': pod?.runAsUser === 1000,
    'seccompProfile: RuntimeDefault': pod?.seccompProfile?.type === 'RuntimeDefault',
    'automountServiceAccountToken: false': rest.automountServiceAccountToken === false,
    'allowPrivilegeEscalation: false': own?.allowPrivilegeEscalation === false,
    'readOnlyRootFilesystem: true': own?.readOnlyRootFilesystem === true,
    'capabilities: drop ALL': own?.capabilities?.drop?.join() === 'ALL' && own.capabilities.add === undefined,
    'a limit for its memory': resources?.limits?.['memory'] !== undefined,
  };
  return Object.entries(wanted).flatMap(([what, isThere]) => (isThere ? [] : [`it lacks ${what}`]));
}
