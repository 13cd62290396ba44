/** A function of an instant that is worked out once for each second, for what headers say of time. */
export function everySecond<T>(make: (now: number) => T): (now: number) => T {
  let second = Number.NaN;
  let made: T | undefined;
  return (now) => {
    if (made === undefined || Math.floor(now / 1000) !== second) {
      second = Math.floor(now / 1000);
      made = make(now);
    }
    return made;
  };
}

/** An instant as the headers of an answer have it. */
export const httpDate = everySecond((now) => new Date(now).toUTCString());
