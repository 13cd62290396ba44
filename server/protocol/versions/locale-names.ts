/** How a language is called in the list of locales: its name in capitals, and its country, if any. */
export type LocaleName = readonly [language: string, country: string];

/** Every locale of every release, as plesk/api-examples 39a2579 has recorded them on 17.0. */
export const LOCALE_NAMES = {
  ar: ['ARABIC', ''],
  'ca-ES': ['CATALAN', 'Spain'],
  'cs-CZ': ['CZECH', 'Czech Republic'],
  'da-DK': ['DANISH', 'Denmark'],
  'de-DE': ['GERMAN', 'Germany'],
  'el-GR': ['GREEK', 'Greece'],
  'en-US': ['ENGLISH', 'United States'],
  'es-ES': ['SPANISH', 'Spain'],
  'fi-FI': ['FINNISH', 'Finland'],
  'fr-FR': ['FRENCH', 'France'],
  'he-IL': ['HEBREW', 'Israel'],
  'hu-HU': ['HUNGARIAN', 'Hungary'],
  'id-ID': ['INDONESIAN', 'Indonesia'],
  'it-IT': ['ITALIAN', 'Italy'],
  'ja-JP': ['JAPANESE', 'Japan'],
  'ko-KR': ['KOREAN', 'Korea, Republic of'],
  'ms-MY': ['MALAY', 'Malaysia'],
  'nb-NO': ['NORWEGIAN', 'Norway'],
  'nl-NL': ['DUTCH', 'Netherlands'],
  'pl-PL': ['POLISH', 'Poland'],
  'pt-BR': ['PORTUGUESE', 'Brazil'],
  'pt-PT': ['PORTUGUESE', 'Portugal'],
  'ro-RO': ['ROMANIAN', 'Romania'],
  'ru-RU': ['RUSSIAN', 'Russian Federation'],
  'sv-SE': ['SWEDISH', 'Sweden'],
  'th-TH': ['THAI', 'Thailand'],
  'tl-PH': ['TAGALOG', 'Philippines'],
  'tr-TR': ['TURKISH', 'Turkey'],
  'uk-UA': ['UKRAINIAN', 'Ukraine'],
  'vi-VN': ['VIETNAMESE', 'Viet Nam'],
  'zh-CN': ['CHINESE', 'China'],
  'zh-TW': ['CHINESE', 'Taiwan'],
} as const satisfies Readonly<Record<string, LocaleName>>;

/** The name of a locale; of one that is not listed, its id without a country. */
export const localeName = (id: string): LocaleName =>
  Object.hasOwn(LOCALE_NAMES, id) ? LOCALE_NAMES[id as keyof typeof LOCALE_NAMES] : [id, ''];
