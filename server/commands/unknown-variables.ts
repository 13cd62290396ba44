import { nearestName } from '../../base/nearest.ts';
import { variableOf } from '../../base/settings.ts';
import { PREFIX, SETTINGS } from '../settings.ts';
import { ASKING_OPTIONS } from './command.ts';

/**
 * What has the prefix of the settings and is none, a sentence each. It is no mistake: whoever runs the emulator may
 * have variables of such names, and container platforms make some out of the name of a service.
 */
export function unknownVariables(
  env: Readonly<Record<string, string | undefined>>,
  besides: Readonly<Record<string, unknown>>,
): readonly string[] {
  const known = Object.keys({ ...SETTINGS, ...ASKING_OPTIONS, ...besides }).map((name) =>
    variableOf(PREFIX, name).slice(PREFIX.length),
  );
  return Object.entries(env)
    .filter(([variable, text = '']) => variable.startsWith(PREFIX) && text !== '')
    .map(([variable, text = '']) => ({ name: variable.slice(PREFIX.length), text }))
    .filter(({ name, text }) => !known.includes(name) && !isOfPlatform(name, text))
    .map(({ name }) => {
      const near = nearestName(name, known);
      const hint = near === undefined ? '--help lists what is' : `do you mean ${PREFIX}${near}?`;
      return `${PREFIX}${name} is not known and has no effect; ${hint}`;
    });
}

/** Whether Kubernetes, or a link of Docker, makes such a variable for a service or container `plesk-emulator`. */
const isOfPlatform = (name: string, text: string): boolean =>
  MADE.test(name) || /^(?:tcp|udp|sctp):\/\//.test(text);

const MADE =
  /^(?:PORT|NAME|ENV_.*|(?:.+_)?SERVICE_(?:HOST|PORT(?:_.+)?)|(?:.+_)?PORT_\d+_(?:TCP|UDP|SCTP).*)$/;
