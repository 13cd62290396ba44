import { readFileSync } from 'node:fs';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { Secret } from 'kubernetes-models/v1/Secret';
import { Service } from 'kubernetes-models/v1/Service';
import { parseAllDocuments } from 'yaml';
import { noting } from './unread.ts';

/** What the page has, one of each. */
export interface Manifest {
  readonly secret: Secret;
  readonly deployment: Deployment;
  readonly service: Service;
  readonly budget: PodDisruptionBudget;
}

/** The one manifest of docs/deploying.md, as text. */
export function textOfPage(): string {
  const blocks = [...readFileSync('docs/deploying.md', 'utf8').matchAll(/^```yaml\n([^]*?)^```$/gm)];
  if (blocks.length !== 1) throw new Error(`docs/deploying.md has ${blocks.length} manifests`);
  return blocks[0]?.[1] ?? '';
}

/** Reads a manifest as kubectl does, in YAML 1.1, and holds each document against the schema of its kind. */
export function readManifest(
  text: string,
): { readonly manifest: Manifest } | { readonly mistakes: readonly string[] } {
  const parsed = parseAllDocuments(text, { version: '1.1' });
  const documents = 'empty' in parsed ? [] : parsed;
  const mistakes: string[] = documents.flatMap(({ errors }) => errors.map(({ message }) => message));
  const found = new Map<string, unknown>();
  for (const document of documents) {
    const read = modelOf(document.toJS());
    if ('mistake' in read) mistakes.push(read.mistake);
    else if (found.has(read.kind)) mistakes.push(`${read.kind} stands there twice`);
    else found.set(read.kind, read.model);
  }
  const [secret, deployment, service, budget] = MODELS.map(({ name }) => found.get(name));
  if (
    mistakes.length === 0 &&
    secret instanceof Secret &&
    deployment instanceof Deployment &&
    service instanceof Service &&
    budget instanceof PodDisruptionBudget
  )
    return { manifest: { secret, deployment, service, budget } };
  const missing = MODELS.filter(({ name }) => !found.has(name)).map(
    ({ name }) => `there is no right ${name}`,
  );
  return { mistakes: [...mistakes, ...missing] };
}

const MODELS = [Secret, Deployment, Service, PodDisruptionBudget] as const;

/** A document as its kind, or what its schema has against it. */
function modelOf(
  content: unknown,
): { readonly kind: string; readonly model: unknown } | { readonly mistake: string } {
  const { apiVersion, kind } = content as { readonly apiVersion?: unknown; readonly kind?: unknown };
  const Model = MODELS.find((one) => {
    const sample = new one();
    return sample.apiVersion === apiVersion && sample.kind === kind;
  });
  if (Model === undefined) return { mistake: `${String(apiVersion)} ${String(kind)} is not expected here` };
  const model = new Model(content as never);
  const { value, unread } = noting(model);
  try {
    value.validate();
  } catch (error) {
    return { mistake: `${Model.name}: ${error instanceof Error ? error.message : String(error)}` };
  }
  // Its schemas take fields that they do not know, as Kubernetes does not; they never look at one.
  const [unknown] = unread;
  if (unknown !== undefined) return { mistake: `${Model.name}: there is no ${unknown}` };
  return { kind: Model.name, model };
}
