/** The languages of the pages, the first being that of whoever wants none of them. */
export const LANGUAGES = ['en', 'de', 'tr'] as const;
export type Language = (typeof LANGUAGES)[number];

/**
 * The language that suits an Accept-Language header best, English where none does. A range such as `de-AT` asks for
 * German as good as `de` does.
 */
export function languageOf(acceptLanguage: string | undefined): Language {
  const ranges = rangesOf(acceptLanguage ?? '');
  const rest = ranges.find(({ tag }) => tag === '*')?.quality ?? 0;
  const wishes = LANGUAGES.map((language) => wishFor(language, ranges, rest));
  const [best] = wishes
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality || one.place - other.place);
  return best?.language ?? LANGUAGES[0];
}

interface Range {
  /** In lower case. */
  readonly tag: string;
  /** 0 to 1. */
  readonly quality: number;
}

interface Wish {
  readonly language: Language;
  readonly quality: number;
  /** Among wishes of one quality the lowest comes first. */
  readonly place: number;
}

/** RFC 9110, 12.4.2 and 12.5.4: a language range and its weight. */
const RANGE =
  /^(?<tag>\*|[a-z]{1,8}(?:-[a-z\d]{1,8})*)(?:[ \t]*;[ \t]*q=(?<quality>0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/i;

/** No browser sends more characters than this. */
const LONGEST = 1000;

/** The ranges of a header that are well formed; of a header that is too long, none. */
function rangesOf(header: string): readonly Range[] {
  if (header.length > LONGEST) return [];
  return header.split(',').flatMap((part) => {
    const { tag, quality = '1' } = RANGE.exec(part.trim())?.groups ?? {};
    return tag === undefined ? [] : [{ tag: tag.toLowerCase(), quality: Number(quality) }];
  });
}

/** A language that is refused by its own name stays refused; one that no range names is wanted as the rest is. */
function wishFor(language: Language, ranges: readonly Range[], rest: number): Wish {
  const own = ranges.filter(({ tag }) => tag === language || tag.startsWith(`${language}-`));
  const isRefused = own.some(({ tag, quality }) => tag === language && quality === 0);
  const quality = isRefused ? 0 : Math.max(...own.map((range) => range.quality));
  const place = ranges.findIndex((range) => own.includes(range) && range.quality === quality);
  if (isRefused || quality > 0) return { language, quality, place };
  return { language, quality: rest, place: ranges.length };
}
