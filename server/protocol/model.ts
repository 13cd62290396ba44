import { ModelReader } from './model-reader.ts';
import type { Named, ReadShape } from './model-reader.ts';

/** Models by their names, as texts. */
export type NamedModels = Readonly<Record<string, string>>;

/**
 * Reads what an element may hold from a model, the text form of docs/request-models.md, and what it names in braces from
 * `models`. Each text is read once, when it is first asked for. Elements of versions that are not `isIn` are left out.
 *
 * @throws ModelError where the text is no model.
 */
export function modelReader(
  models: NamedModels = {},
  isIn: (lifetime: Lifetime) => boolean = () => true,
): (source: string) => ReadShape {
  const shapes = new Map<string, ReadShape>();
  const reading = new Set<string>();
  const read = (source: string): ReadShape => {
    let shape = shapes.get(source);
    if (shape === undefined) shapes.set(source, (shape = new ModelReader(source, named, isIn).read()));
    return shape;
  };
  const find = (name: string): ReadShape | 'unknown' | 'circular' => {
    if (!Object.hasOwn(models, name)) return 'unknown';
    if (reading.has(name)) return 'circular';
    reading.add(name);
    const shape = read(models[name] ?? '');
    reading.delete(name);
    return shape;
  };
  const named: Named = Object.assign(find, { names: Object.keys(models) });
  return read;
}

/** The packet versions that have something: those from `since` on, up to and with `until`. */
export interface Lifetime {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}
