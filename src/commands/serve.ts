import { brokenJson } from '../../base/broken-json.ts';
import { COLOR, isColored } from '../../base/color.ts';
import { silentLog } from '../../base/log.ts';
import type { Log } from '../../base/log.ts';
import type { StandardLog } from '../../base/pino-log.ts';
import { standardLog } from '../../base/pino-log.ts';
import { ListenError } from '../../base/listen-error.ts';
import { readSettings } from '../../base/read-settings.ts';
import type { SettingTable } from '../../base/settings.ts';
import { unknownVariables } from '../../base/unknown-variables.ts';
import { SettingsError } from '../../base/settings-error.ts';
import { readTextFile } from '../../base/text-file.ts';
import { holdSecrets, readConfig } from '../config.ts';
import type { AuditFile } from '../observability/audit-file.ts';
import { openAuditFile } from '../observability/audit-file.ts';
import { auditInto, auditsInto } from '../observability/audit-lines.ts';
import type { Metrics } from '../observability/metrics.ts';
import { startTokenService } from '../service.ts';
import type { TokenService } from '../service.ts';
import { readSecretFile } from '../secret-file.ts';
import { PREFIX, SETTINGS } from '../settings.ts';

/** What only the program has. */
export const SERVE_OPTIONS = {
  config: {
    kind: 'text',
    value: 'FILE',
    says: 'JSON with settings by their names, for what is set nowhere else',
  },
  log: {
    kind: 'text',
    value: 'pretty|json|off',
    choices: ['pretty', 'json', 'off'],
    says: 'how lines are written, those of the audit among them; json without it',
  },
  color: COLOR,
  auditFile: { kind: 'text', value: 'FILE', says: 'a file for the lines of the audit, besides the log' },
} as const satisfies SettingTable;

/** What the command is given of its process. */
interface Serving {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** `plesk-sso serve`: runs the service until a signal ends it. */
export async function serve({ args, env }: Serving): Promise<void> {
  const early = readSettings({ ...SETTINGS, ...SERVE_OPTIONS }, args, env, PREFIX).values;
  const { settings, read, nameOf } = readConfig(args, env, await readFileOf(early['config']), SERVE_OPTIONS);
  const { log: format = 'json', auditFile: file } = read.values;
  const { log, flush } =
    format === 'off'
      ? NO_LOG
      : standardLog(format === 'pretty' ? format : 'json', isColored(read.values['color'], env));
  const late: { metrics?: Metrics } = {};
  const auditFile =
    typeof file === 'string'
      ? openAudit(file, log, () => {
          late.metrics?.auditLineLost();
        })
      : undefined;
  const audit = auditsInto([auditInto(log), ...(auditFile === undefined ? [] : [auditFile])]);
  for (const unknown of unknownVariables(env, PREFIX, Object.keys({ ...SETTINGS, ...SERVE_OPTIONS })))
    process.stderr.write(`plesk-sso: ${unknown}\n`);
  const service = await startTokenService({ ...settings, env, log, audit }).catch((error: unknown) => {
    throw error instanceof ListenError ? error.named(nameOf) : error;
  });
  late.metrics = service.metrics;
  service.metrics.addProcess();
  onSignals(service, auditFile, flush);
  process.stderr.write(`Ready ${service.url}, metrics ${service.metricsUrl}/metrics\n`);
}

function openAudit(file: string, log: Log, onLost: () => void): AuditFile {
  try {
    return openAuditFile(file, log, onLost);
  } catch (error) {
    throw new SettingsError([`--audit-file: ${file} cannot be opened: ${String(error)}`]);
  }
}

const NO_LOG: StandardLog = { log: silentLog, flush: () => Promise.resolve() };

/** The settings of a file, or a SettingsError that says where it is no JSON object. */
async function readFileOf(file: unknown): Promise<Readonly<Record<string, unknown>>> {
  if (typeof file !== 'string') return {};
  const text = await readTextFile(file).catch((error: unknown) => {
    throw new SettingsError([`--config: ${file} cannot be read: ${String(error)}`]);
  });
  const broken = brokenJson(text);
  if (broken !== undefined) throw new SettingsError([`--config: ${file}, ${broken}`]);
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
    const settings = parsed as Readonly<Record<string, unknown>>;
    if (holdSecrets(settings)) await checkSecretFile(file);
    return settings;
  }
  throw new SettingsError([`--config: ${file} holds no object of settings, such as { "port": 9080 }`]);
}

async function checkSecretFile(file: string): Promise<void> {
  const warn = (message: string): void => void process.stderr.write(`plesk-sso: ${message}\n`);
  const found = await readSecretFile(file, { warn });
  if ('mistake' in found) throw new SettingsError([`--config: ${found.mistake}`]);
}

/** SIGTERM and SIGINT end the service; SIGHUP reads the directory again, and opens the audit's file anew. */
function onSignals(
  service: TokenService,
  auditFile: AuditFile | undefined,
  flush: StandardLog['flush'],
): void {
  const end = (): void => {
    const closed = service.close().then(
      () => 0,
      (error: unknown) => {
        process.stderr.write(`plesk-sso: ${error instanceof Error ? error.message : String(error)}\n`);
        return 1;
      },
    );
    void closed.then(async (code) => {
      await flush();
      process.exit(code);
    });
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  process.on('SIGHUP', () => {
    auditFile?.reopen();
    void service.reload();
  });
}
