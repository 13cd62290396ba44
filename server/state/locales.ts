import { DEFAULT_LOCALE } from '../protocol/versions/releases.ts';
import type { Panel } from './panel.ts';

/** Whether a language is installed and switched on: only then it can be chosen. */
export const isOffered = (locale: string, { release, server }: Pick<Panel, 'release' | 'server'>): boolean =>
  release.locales.includes(locale) && !server.now.disabledLocales.includes(locale);

/** The locale that the schemas' own default `en` stands for. */
export const localeNamed = (locale: string): string => (locale === 'en' ? DEFAULT_LOCALE : locale);
