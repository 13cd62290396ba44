/**
 * A text without certain characters at its start and at its end. A regular expression such as `/"+$/` takes quadratic
 * time if the text has many of them in its middle.
 */
export function trimEnds(text: string, atStart: string, atEnd = atStart): string {
  let [start, end] = [0, text.length];
  while (start < end && atStart.includes(text.charAt(start))) start += 1;
  while (end > start && atEnd.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}
