/** Whether what stands under this name is a secret: `ftp_password`, `adminPassword`, `api-key`. */
export const isSecretName = (name: string): boolean =>
  SECRET_NAME.test(name.replace(/([a-z\d])(?=[A-Z])/g, '$1-'));

/** The same for headers, which may have more than the word in their names. */
export const isSecretHeader = (name: string): boolean =>
  isSecretName(name) || /key|token|secret|authorization/i.test(name);

/**
 * Whether a text is a secret by the name that it stands under. The eight digits by which a key is known open nothing,
 * nor does what kind a password is of (`password_type`), or whether something is so (`secure_passwords`).
 */
export const isSecret = (name: string, value: string): boolean =>
  isSecretName(name) && !(name === 'key' && /^[\da-f]{8}$/.test(value)) && !isOfPasswords(name, value);

const isOfPasswords = (name: string, value: string): boolean =>
  (/[-_]type$/i.test(name) && /^(?:plain|crypt|sym)$/.test(value)) ||
  (!isPasswordName(name) && /^(?:true|false)$/.test(value));

/** Whether it is a password of which the name speaks: whatever stands under it, elements included, is secret. */
export const isPasswordName = (name: string): boolean => PASSWORD_NAME.test(name) && !/[-_]type$/i.test(name);

const PASSWORD_NAME = /(?:^|[-_.:])(?:passwd|password|pass|pin)(?:$|[-_])/i;

const SECRET_NAME =
  /passw|pass(?:$|[-_])|(?:^|[-_.:])pin$|(?:^|[-_.:]|api)(?:key|token|secret|authorization)$/i;
