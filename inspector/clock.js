import { get, post } from './api.js';
import { button, el, field, messages } from './dom.js';
import { dayAndTime, many, short } from './words.js';

const SPANS = [
  ['1m', '1 min'],
  ['31m', '31 min'],
  ['1d', '1 day'],
];

/** The clock: `now()` is the emulator's time as far as the page knows it. */
export function clock() {
  const message = messages();
  const time = el('time', { class: 'time' }, '…');
  const going = el('span', { class: 'badge' });
  const at = el('input', { type: 'datetime-local', step: '1', required: true });
  let known = { now: 0, isFrozen: true };
  let readAt = performance.now();

  const now = () => known.now + (known.isFrozen ? 0 : performance.now() - readAt);
  const draw = () => {
    const text = dayAndTime(now());
    if (time.textContent !== text) time.textContent = text;
  };
  const learn = (shown) => {
    known = shown;
    readAt = performance.now();
    going.textContent = shown.isFrozen ? 'frozen' : 'running';
    going.dataset.kind = shown.isFrozen ? 'frozen' : 'good';
    toggle.textContent = shown.isFrozen ? 'Run' : 'Freeze';
    draw();
  };
  const change = (path, input) =>
    message.attempt(async () => {
      const shown = await post(path, input);
      learn(shown);
      return endsOf(shown.ended ?? []);
    });
  const toggle = button('Freeze', () => change(known.isFrozen ? 'clock/run' : 'clock/freeze'));
  const set = el(
    'form',
    {
      class: 'row',
      onsubmit: (event) => {
        event.preventDefault();
        change('clock/set', { at: instantIn(at.value) });
      },
    },
    field('Set to (UTC)', at),
    el('button', { type: 'submit' }, 'Set'),
  );
  document
    .querySelector('#clock')
    .append(
      el('h2', { id: 'clock-title' }, 'Clock'),
      el('p', { class: 'row' }, el('span', {}, time, ' UTC'), going),
      el(
        'div',
        { class: 'row' },
        toggle,
        ...SPANS.map(([by, words]) => button(`+ ${words}`, () => change('clock/advance', { by }))),
      ),
      set,
      message.place,
    );
  return { now, draw, refresh: async () => learn(await get('clock')) };
}

/** A text of the field, which leaves seconds out where they are 0. */
const instantIn = (text) => `${text.length === 16 ? `${text}:00` : text}Z`;

function endsOf(ended) {
  if (ended.length === 0) return '';
  const first = ended.slice(0, 5).map(({ id, login }) => `${short(id)} of ${login}`);
  return `${many(ended.length, 'session')} ended: ${first.join(', ')}${ended.length > 5 ? ', …' : ''}`;
}
