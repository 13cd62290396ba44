import { get } from './api.js';
import { button, el, field, messages, soon, unseen } from './dom.js';
import { detailsOf } from './details.js';
import { reasonOf, timeOnly, titleOf } from './words.js';

/** So many are kept on the page, the latest first, unless older ones are asked for. */
const MOST = 1000;
/** So many are asked for at once. */
const BATCH = 200;

const KINDS = {
  all: ['Everything', () => true],
  packets: ['Packets', ({ kind }) => kind === 'packet'],
  browsers: ['Browsers', ({ kind }) => kind === 'browser'],
  failures: ['Failures', ({ isFailure }) => isFailure],
  unexpected: ['Unexpected', ({ isUnexpected }) => isUnexpected],
};

/** Packets and browsers' requests as they come. */
export function activity() {
  const rows = new Map();
  let most = MOST;
  // How many the journal holds, on the page or not, and how many it can hold.
  let held = 0;
  let room = Infinity;
  const list = el('ol', { class: 'entries' });
  const count = el('span', { class: 'count' });
  const none = el('p', { class: 'quiet' }, 'Nothing came yet.');
  const said = el('p', { class: 'unseen', role: 'status', 'aria-live': 'polite' });
  const filter = filterPart(() => apply());
  const message = messages();
  const older = button('Load older entries', () => message.attempt(loadOlder), '', { hidden: true });

  const drawCount = () => {
    const shown = [...rows.values()].filter(({ element }) => !element.hidden).length;
    const all = Math.max(held, rows.size);
    count.textContent = shown === all ? String(all) : `${shown} of ${all}`;
    older.hidden = rows.size >= all;
    none.hidden = shown > 0;
    none.textContent = rows.size === 0 ? 'Nothing came yet.' : 'Nothing that came is so.';
  };
  const apply = () => {
    for (const row of rows.values()) row.element.hidden = !filter.holds(row);
    drawCount();
  };

  // What comes at once is drawn at once, and told of by its number.
  let waiting = [];
  let untold = 0;
  const tell = soon(() => {
    said.textContent = untold === 1 ? '1 new entry' : `${untold} new entries`;
    untold = 0;
  }, 2000);
  const drawNow = () => {
    const fresh = waiting.sort((one, other) => one.id - other.id);
    waiting = [];
    for (const entry of fresh) {
      const there = rows.get(entry.id);
      // An entry comes again where a fault has lost its answer since; only its outcome changes.
      if (there?.entry.outcome === entry.outcome) continue;
      const row = { entry, element: rowOf(entry), text: undefined };
      row.element.hidden = !filter.holds(row);
      rows.set(entry.id, row);
      if (there === undefined && entry.id > latest()) held = Math.min(held + 1, room);
      if (there !== undefined) {
        there.element.replaceWith(row.element);
        continue;
      }
      // Nearly always on top: what was asked for may be older than what came by itself.
      let below = list.firstChild;
      while (below !== null && Number(below.dataset.entry) > entry.id) below = below.nextSibling;
      list.insertBefore(row.element, below);
    }
    while (rows.size > most) {
      rows.delete(Number(list.lastChild.dataset.entry));
      list.lastChild.remove();
    }
    drawCount();
  };
  const draw = soon(drawNow, 50);

  /** The id of the latest entry, 0 without one. */
  const latest = () => Number(list.firstChild?.dataset.entry ?? 0);
  const loadOlder = async () => {
    const { entry } = list.lastChild.dataset;
    const entries = await get(`journal?last=${BATCH}&after=0&before=${entry}`);
    most = Math.max(MOST, rows.size + entries.length);
    if (entries.length === 0) held = rows.size;
    waiting.push(...entries);
    drawNow();
    return entries.length === 0 ? 'There are no older entries any more' : '';
  };

  document
    .querySelector('#activity')
    .append(
      el('h2', { id: 'activity-title' }, 'Packets and logins ', count),
      filter.form,
      said,
      none,
      list,
      older,
      message.place,
    );
  return {
    add(entry) {
      waiting.push(entry);
      if (waiting.length > MOST) waiting.shift();
      untold += 1;
      draw();
      tell();
    },
    /** Asks for what came before, or meanwhile. */
    async refresh() {
      const [entries, counts, { journal }] = await Promise.all([
        get(`journal?last=${BATCH}&after=0`),
        get('journal/counts?after=0'),
        get('emulator'),
      ]);
      waiting.push(...entries);
      drawNow();
      held = counts.held;
      room = journal;
      drawCount();
    },
    latest,
    clear() {
      waiting = [];
      most = MOST;
      held = 0;
      rows.clear();
      list.replaceChildren();
      drawCount();
    },
  };
}

function filterPart(onChange) {
  const text = el('input', { type: 'search', oninput: onChange, spellcheck: 'false', autocomplete: 'off' });
  const kind = el(
    'select',
    { onchange: onChange },
    ...Object.entries(KINDS).map(([name, [label]]) => el('option', { value: name }, label)),
  );
  return {
    form: el(
      'form',
      { class: 'row filter', role: 'search', onsubmit: (event) => event.preventDefault() },
      field('Filter by text', text),
      field('Show', kind),
    ),
    holds(row) {
      const [, isOfKind] = KINDS[kind.value];
      if (!isOfKind(row.entry)) return false;
      const wanted = text.value.trim().toLowerCase();
      if (wanted === '') return true;
      row.text ??= JSON.stringify(row.entry).toLowerCase();
      return row.text.includes(wanted) || titleOf(row.entry).toLowerCase().includes(wanted);
    },
  };
}

function rowOf(entry) {
  const reason = reasonOf(entry);
  const details = el(
    'details',
    {
      ontoggle: () => {
        if (details.children.length === 1) details.append(detailsOf(entry));
      },
    },
    el(
      'summary',
      {},
      el('span', { class: 'at' }, timeOnly(entry.at)),
      el('span', { class: 'what' }, titleOf(entry)),
      el(
        'span',
        { class: 'badges' },
        badge(entry.isFailure ? 'bad' : 'good', entry.outcome),
        ...signs(entry),
      ),
      el('span', { class: 'who' }, entry.login === undefined ? '' : unseen('by '), entry.login ?? ''),
      el('span', { class: 'ms' }, `${entry.ms < 10 ? entry.ms.toFixed(1) : Math.round(entry.ms)} ms`),
      reason !== undefined && el('span', { class: entry.isFailure ? 'why bad' : 'why' }, reason),
    ),
  );
  return el('li', { 'data-entry': entry.id }, details);
}

const badge = (kind, text) => el('span', { class: 'badge', 'data-kind': kind }, text);

const signs = ({ faults, isUnexpected }) => [
  ...(faults.length > 0 ? [badge('waiting', 'fault')] : []),
  ...(isUnexpected ? [badge('waiting', 'unexpected')] : []),
];
