/** The settings of a listener, by their names in code. */
export interface ListenerNames {
  readonly host: string;
  readonly port: string;
}

/** A port that cannot be opened. The message names the settings that change it. */
export class ListenError extends Error {
  readonly #at: { readonly host: string; readonly port: number };
  readonly #names: ListenerNames;

  constructor(
    cause: NodeJS.ErrnoException,
    at: { readonly host: string; readonly port: number },
    names: ListenerNames,
  ) {
    super(wordsFor(cause, at, names), { cause });
    this.name = 'ListenError';
    this.#at = at;
    this.#names = names;
  }

  /** The same with the names that the user has for the settings: `--http-port`, `PLESK_SSO_PORT`. */
  named(nameOf: (name: string) => string): ListenError {
    const { host, port } = this.#names;
    return new ListenError(this.cause as Error, this.#at, { host: nameOf(host), port: nameOf(port) });
  }
}

function wordsFor(
  { code, message }: NodeJS.ErrnoException,
  { host, port }: { readonly host: string; readonly port: number },
  names: ListenerNames,
): string {
  const otherPort = `use ${written(names.port, 'N')}, or 0 for any free port`;
  const otherHost = `use ${written(names.host, '127.0.0.1')}, or 0.0.0.0 for all addresses`;
  switch (code) {
    case 'EADDRINUSE':
      return `${names.port} ${port} is in use by another program; ${otherPort}`;
    case 'EACCES':
      return `${names.port} ${port} is not allowed for this user: ports below 1024 often need root; ${otherPort}`;
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
      return `${names.host} ${host} is not an address of this machine; ${otherHost}`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${names.host} ${host} is a name without an address; ${otherHost}`;
    case undefined:
    default:
      return `${names.port} ${port}, ${names.host} ${host}: cannot listen there: ${message}`;
  }
}

/** How a value is given to a flag, a variable or an option in code. */
function written(name: string, value: string): string {
  if (name.startsWith('--')) return `${name} ${value}`;
  return /^[A-Z\d_]+$/.test(name) ? `${name}=${value}` : `${name}: ${value}`;
}
