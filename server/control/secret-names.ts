/** Whether what stands under this name is a secret: `ftp_password`, `adminPassword`, `api-key`. */
export const isSecretName = (name: string): boolean =>
  SECRET_NAME.test(name.replace(/([a-z\d])(?=[A-Z])/g, '$1-'));

/** The same for headers, which may have more than the word in their names. */
export const isSecretHeader = (name: string): boolean =>
  isSecretName(name) || /key|token|secret|authorization/i.test(name);

/** Whether a text is a secret by the name that it stands under; the eight digits by which a key is known open nothing. */
export const isSecret = (name: string, value: string): boolean =>
  isSecretName(name) && !(name === 'key' && /^[\da-f]{8}$/.test(value));

const SECRET_NAME =
  /passw|pass(?:$|[-_])|(?:^|[-_.:])pin$|(?:^|[-_.:]|api)(?:key|token|secret|authorization)$/i;
