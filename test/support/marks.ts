import type { Panel } from '../../server/state/panel.ts';
import type { SeedInput } from '../../server/state/seed/seed.ts';

/** So many customers, beside the administrator, who has the id 1. */
export const customers = (count: number): NonNullable<SeedInput['accounts']> =>
  Array.from({ length: count }, (_, index) => ({
    login: `customer${index}`,
    password: 'crowded1Q**',
    role: 'customer',
  }));

/** Writes a mark into the first and the last account, and into the settings, all in one go. */
export function mark(panel: Panel, value: string): void {
  panel.accounts.update(1, { name: value });
  panel.accounts.update(panel.accounts.size, { name: value });
  panel.server.change({ externalId: value });
}

/** The three marks in a state file; fails where the file is not whole. */
export function marksIn(content: string): readonly unknown[] {
  const { settings, accounts } = JSON.parse(content) as {
    readonly settings: { readonly externalId?: string };
    readonly accounts: readonly { readonly name: string }[];
  };
  return [accounts[0]?.name, accounts.at(-1)?.name, settings.externalId ?? ''];
}
