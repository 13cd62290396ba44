import type { Clock } from '../base/clock.ts';
import type { Ids } from '../base/ids.ts';
import type { Log } from '../base/log.ts';
import type { Settings } from './config.ts';
import type { Catalogue } from './destinations/catalogue.ts';
import type { Directory } from './directory/directory.ts';
import type { DirectoryState } from './directory/freshness.ts';
import type { ProxyWarnings } from './http/proxy-warnings.ts';
import type { WrongKeys } from './http/wrong-keys.ts';
import type { LinkStore } from './links/store.ts';
import type { Audit } from './observability/audit.ts';
import type { Metrics } from './observability/metrics.ts';
import type { Pepper } from './pepper.ts';
import type { Plesk } from './plesk/plesk.ts';

/** All that the parts of a running service share; nothing else reaches time, chance, stores or Plesk. */
export interface Context {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly audit: Audit;
  readonly metrics: Metrics;
  readonly store: LinkStore;
  readonly pepper: Pepper;
  /** The directory as it is now: it may be another at the next call. */
  readonly directory: {
    current(): Directory;
    /** `refused` while the file cannot be used, `stale` once that has lasted for more than five minutes. */
    state(): DirectoryState;
  };
  readonly catalogue: Catalogue;
  readonly plesk: Plesk;
  readonly wrongKeys: WrongKeys;
  readonly proxyWarnings: ProxyWarnings;
}
