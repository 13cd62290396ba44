/**
 * An element. What is not a property of its own kind is set as an attribute; `on...` listens; children are elements
 * or texts, and texts stay texts. What is undefined or false is left out.
 */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? '' : String(value));
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== false));
  return element;
}

/** A text for those who hear the page and do not see it. */
export const unseen = (text) => el('span', { class: 'unseen' }, text);

/** A button; `besides` completes its name where several look the same. */
export const button = (label, onclick, besides = '', attributes = {}) =>
  el(
    'button',
    { type: 'button', onclick, ...attributes },
    label,
    besides === '' ? undefined : unseen(` ${besides}`),
  );

let fields = 0;

/** A label and its field, below each other. */
export function field(label, input) {
  input.id = `field-${(fields += 1)}`;
  return el('div', { class: 'field' }, el('label', { for: input.id }, label), input);
}

/** Where a part of the page says how the last thing went; what went wrong is said at once. */
export function messages() {
  const place = el('p', { class: 'message', role: 'status' });
  const say = (kind, text) => {
    place.dataset.kind = kind;
    place.textContent = text;
  };
  return {
    place,
    say: (text) => say('done', text),
    /** Does something on demand; an error stands in the place in its own words. */
    async attempt(work) {
      try {
        say('done', (await work()) ?? '');
      } catch (error) {
        say('error', error.message);
      }
    },
  };
}

/** A function that does its work once, a moment after the first of several wishes. */
export function soon(work, ms) {
  let isWaiting = false;
  return () => {
    if (isWaiting) return;
    isWaiting = true;
    setTimeout(() => {
      isWaiting = false;
      work();
    }, ms);
  };
}
