/** Writes instants as Plesk's answers have them: `2016-11-13T06:01:03`, in the server's zone, which is not named. */
export class TimeFormat {
  readonly #zone: string;
  #format: Intl.DateTimeFormat | undefined;

  /** `zone` as the IANA database names it. */
  constructor(zone: string) {
    this.#zone = zone;
  }

  format(instant: number): string {
    if (this.#zone === 'UTC') return new Date(instant).toISOString().slice(0, 19);
    // Swedish dates are ISO dates, and an hour cycle of 23 has no 24:00.
    this.#format ??= new Intl.DateTimeFormat('sv-SE', {
      timeZone: this.#zone,
      dateStyle: 'short',
      timeStyle: 'medium',
      hourCycle: 'h23',
    });
    return this.#format.format(instant).replace(' ', 'T');
  }

  /** An instant of a day, `2016-11-13`: its midnight by UTC, or its noon where it is not that day yet. */
  onDay(day: string): number {
    const midnight = Date.parse(day);
    return this.format(midnight).startsWith(day) ? midnight : midnight + NOON;
  }
}

/** In milliseconds. */
const NOON = 43_200_000;
