/** The shells that commands are printed for. */
export type Shell = 'posix' | 'powershell';

/** The shell that a program was started from; Git Bash sets SHELL on Windows, PowerShell does not. */
export const shellOf = (
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): Shell => (platform === 'win32' && (env['SHELL'] ?? '') === '' ? 'powershell' : 'posix');

/** A text as one word of a shell, whatever is in it. */
export const quotedFor = (shell: Shell, text: string): string =>
  `'${text.replaceAll("'", shell === 'powershell' ? "''" : String.raw`'\''`)}'`;
