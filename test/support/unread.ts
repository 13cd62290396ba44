/** A value that notes what is read of it: `unread` has the paths of fields that nobody has asked for. */
export function noting<T extends object>(
  value: T,
): { readonly value: T; readonly unread: ReadonlySet<string> } {
  const unread = new Set<string>();
  const known = new WeakMap<object, object>();
  const noted = <O extends object>(of: O, path: string): O => {
    const before = known.get(of);
    if (before !== undefined) return before as O;
    for (const name of Object.keys(of)) unread.add(`${path}/${name}`);
    const proxy = new Proxy(of, {
      get: (target, name, receiver) => {
        const found: unknown = Reflect.get(target, name, receiver);
        const at = `${path}/${String(name)}`;
        unread.delete(at);
        return typeof found === 'object' && found !== null ? noted(found, at) : found;
      },
    });
    known.set(of, proxy);
    return proxy;
  };
  return { value: noted(value, ''), unread };
}
