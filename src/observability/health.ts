import type { Context } from '../context.ts';
import type { DirectoryState } from '../directory/freshness.ts';

/** Whether a part answers. */
type UpOrDown = 'up' | 'down';

/** How the parts of a service are. */
export interface Health {
  readonly isReady: boolean;
  readonly store: UpOrDown;
  readonly directory: DirectoryState;
  readonly draining: boolean;
  /** Each Plesk server of the directory, by id. */
  readonly plesk: Readonly<Record<string, UpOrDown>>;
}

/** Looks at every part; `askStore` resolves if the store can be reached. */
export async function healthOf(
  { directory, plesk }: Pick<Context, 'directory' | 'plesk'>,
  draining: boolean,
  askStore: () => Promise<unknown>,
): Promise<Health> {
  const store = await askStore().then(
    () => 'up' as const,
    () => 'down' as const,
  );
  const current = directory.current();
  const state = directory.state();
  const servers = [
    // A server that gets a trial request after its pause has not answered yet.
    ...current.servers().map(({ id }) => [id, plesk.circuit(id) === 'closed' ? 'up' : 'down'] as const),
    ...[...current.unusable().keys()].map((id) => [id, 'down'] as const),
  ];
  return {
    isReady: store === 'up' && state !== 'stale' && !draining,
    store,
    directory: state,
    draining,
    plesk: Object.fromEntries(servers),
  };
}
