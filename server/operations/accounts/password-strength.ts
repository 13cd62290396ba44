import type { Rule } from '../../protocol/source.ts';
import { documented } from '../../protocol/source.ts';
import type { PasswordStrength } from '../../protocol/versions/release.ts';
import { PASSWORD_STRENGTHS } from '../../protocol/versions/release.ts';

export const PASSWORD_STRENGTH_RULE: Rule = {
  id: 'account/password-strength',
  source: documented(
    'plesk.com knowledge base 213912245',
    'points for length and kinds of characters make five levels; no zxcvbn here',
  ),
};

/** How strong a password is. */
export function strengthOf(password: string): PasswordStrength {
  const points = pointsOf(password);
  return LEVELS.find(([least]) => points >= least)?.[1] ?? 'very-weak';
}

/** Whether a password is at least as strong as is wanted. */
export const isStrongEnough = (password: string, wanted: PasswordStrength): boolean =>
  PASSWORD_STRENGTHS.indexOf(strengthOf(password)) >= PASSWORD_STRENGTHS.indexOf(wanted);

const LEVELS = [
  [45, 'very-strong'],
  [35, 'strong'],
  [25, 'medium'],
  [15, 'weak'],
] as const;

function pointsOf(password: string): number {
  const many = (pattern: RegExp): number => password.match(pattern)?.length ?? 0;
  const [lower, upper, digits, special] = [/[a-z]/g, /[A-Z]/g, /\d/g, /[!@#$%^&*?_~]/g].map(many);
  const [hasLower = false, hasUpper = false, hasDigit = false, hasSpecial = false] = [
    lower,
    upper,
    digits,
    special,
  ].map((count = 0) => count > 0);
  const hasBoth = (hasLower || hasUpper) && hasDigit;
  return (
    pointsForLength(password.length) +
    (hasLower ? 1 : 0) +
    (hasUpper ? 5 : 0) +
    (hasDigit ? 5 : 0) +
    ((digits ?? 0) >= 3 ? 5 : 0) +
    (hasSpecial ? 5 : 0) +
    ((special ?? 0) >= 2 ? 5 : 0) +
    (hasLower && hasUpper ? 2 : 0) +
    (hasBoth ? 2 : 0) +
    (hasBoth && hasSpecial ? 2 : 0)
  );
}

function pointsForLength(length: number): number {
  if (length <= 4) return 3;
  if (length <= 7) return 6;
  return length <= 15 ? 12 : 18;
}
