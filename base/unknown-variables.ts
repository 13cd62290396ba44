import { nearestName } from './nearest.ts';
import { variableOf } from './settings.ts';

/**
 * A sentence for each variable that starts with the prefix of the settings and is no setting. It is no mistake: the
 * variable may belong to another program, and container platforms make some from the name of a service.
 */
export function unknownVariables(
  env: Readonly<Record<string, string | undefined>>,
  prefix: string,
  settings: readonly string[],
): readonly string[] {
  const known = settings.map((name) => variableOf(prefix, name).slice(prefix.length));
  return Object.entries(env)
    .filter(([variable, text = '']) => variable.startsWith(prefix) && text !== '')
    .map(([variable, text = '']) => ({ name: variable.slice(prefix.length), text }))
    .filter(({ name, text }) => !known.includes(name) && !isOfPlatform(name, text))
    .map(({ name }) => {
      const near = nearestName(name, known);
      const hint = near === undefined ? '--help lists what is' : `do you mean ${prefix}${near}?`;
      return `${prefix}${name} is not known and has no effect; ${hint}`;
    });
}

/** Whether Kubernetes, or a link of Docker, makes such a variable for a service or container of the prefix's name. */
const isOfPlatform = (name: string, text: string): boolean =>
  MADE.test(name) || /^(?:tcp|udp|sctp):\/\//.test(text);

const MADE =
  /^(?:PORT|NAME|ENV_.*|(?:.+_)?SERVICE_(?:HOST|PORT(?:_.+)?)|(?:.+_)?PORT_\d+_(?:TCP|UDP|SCTP).*)$/;
