import type { Log } from '../../base/log.ts';
import type { Wait } from '../links/suspended-sessions.ts';

const WINDOW_MS = 60_000;
/** A visitor can make up X-Forwarded-For, so the number of lines is bounded as well. */
const MAX_LINES_PER_WINDOW = 20;

/** Why a request's address is that of a proxy instead of the visitor's. */
export type ProxyMistake = 'not_trusted' | 'no_address';

/** Logs proxies that are not set up, or set up wrongly: one line a minute for each mistake of each proxy. */
export interface ProxyWarnings {
  warn(mistake: ProxyMistake, proxy: string): void;
}

/** Waits for the end of each minute until the signal. */
export function createProxyWarnings(log: Log, wait: Wait, signal: AbortSignal): ProxyWarnings {
  const logged = new Set<string>();
  return {
    warn: (mistake, proxy) => {
      const key = `${mistake} ${proxy}`;
      if (logged.has(key) || logged.size >= MAX_LINES_PER_WINDOW) return;
      if (logged.size === 0)
        wait(WINDOW_MS, signal).then(
          () => {
            logged.clear();
          },
          () => undefined,
        );
      logged.add(key);
      log.warn({ proxy, mistake }, `${MESSAGES[mistake](proxy)} ${CONSEQUENCE}`);
    },
  };
}

const MESSAGES: Readonly<Record<ProxyMistake, (proxy: string) => string>> = {
  not_trusted: (proxy) =>
    `${proxy} sent X-Forwarded-For and is not in trustedProxies, so the header is ignored. If ${proxy} is your proxy, add it to trustedProxies.`,
  no_address: (proxy) =>
    `${proxy} is in trustedProxies, but sent no address of a visitor in X-Forwarded-For. Let the proxy send that header, or remove it from trustedProxies.`,
};

const CONSEQUENCE =
  "Until then the proxy's address counts as the visitor's, Plesk binds the session to it, and customers see the login page of Plesk.";
