import { call, get, post } from './api.js';
import { button, el, field, messages } from './dom.js';
import { short, shortTime, span } from './words.js';

/** So many are drawn, the latest first; a stack under load has thousands. */
const MOST = 100;
const MOST_ENDED = 20;

/** The sessions and their lives. */
export function sessions(clock) {
  const rows = new Map();
  const message = messages();
  const alive = el('ul', { class: 'sessions' });
  const ended = el('ul', { class: 'sessions' });
  const endedPart = el('div', { hidden: true }, el('h3', {}, 'Ended while this page was open'), ended);
  const count = el('span', { class: 'count' });
  const none = el('p', { class: 'quiet' }, 'None. create_session and the login form make them.');
  const more = el('p', { class: 'quiet', hidden: true });

  document
    .querySelector('#sessions')
    .append(
      el('h2', { id: 'sessions-title' }, 'Sessions ', count),
      none,
      alive,
      more,
      message.place,
      endedPart,
      anyToken(),
    );

  const refresh = async () => {
    const list = (await get('sessions')).sort(
      (one, other) => other.createdAt - one.createdAt || other.serial - one.serial,
    );
    const shown = list.slice(0, MOST);
    const ids = new Set(list.map(({ id }) => id));
    for (const [id, row] of rows) {
      if (ids.has(id)) continue;
      rows.delete(id);
      row.end();
      ended.prepend(row.element);
      if (ended.children.length > MOST_ENDED) ended.lastChild.remove();
    }
    // From the oldest, so that each new one comes on top and what has the focus keeps its place.
    for (const session of shown.toReversed()) {
      const row = rows.get(session.id);
      if (row === undefined) {
        const made = sessionRow(session, clock, message, refresh);
        rows.set(session.id, made);
        alive.prepend(made.element);
      } else row.update(session);
    }
    while (alive.children.length > MOST) {
      rows.delete(alive.lastChild.dataset.session);
      alive.lastChild.remove();
    }
    count.textContent = String(list.length);
    none.hidden = list.length > 0;
    more.hidden = list.length <= MOST;
    more.textContent = `and ${list.length - MOST} older`;
    endedPart.hidden = ended.children.length === 0;
  };
  return {
    refresh,
    /** Draws how much time is left; answers whether one should be over by now. */
    tick: () => [...rows.values()].map((row) => row.tick()).includes(true),
    /** Forgets those that have ended. */
    forgetEnded() {
      for (const { element } of rows.values()) element.remove();
      rows.clear();
      ended.replaceChildren();
    },
  };
}

function sessionRow(first, clock, message, refresh) {
  let session = first;
  let isOver = false;
  const state = el('span', { class: 'badge' });
  const facts = el('p', { class: 'quiet' });
  const left = el('span', { class: 'left' });
  const bar = el('progress', { max: '1', 'aria-hidden': 'true' });
  const refusals = el('ul', { class: 'refusals' });
  const which = `session ${short(session.id)} of ${session.login}`;
  const path = `sessions/${encodeURIComponent(session.id)}`;
  const after = (work, text) => () =>
    message.attempt(async () => {
      await work();
      await refresh();
      return text;
    });
  const explain = explanation(() => session.id, which);
  const expire = button(
    'Expire',
    after(() => post(`${path}/expire`), `Expired: ${which}`),
    which,
  );
  const end = button(
    'End',
    after(() => call('DELETE', path), `Ended: ${which}`),
    which,
  );
  const life = el('p', { class: 'life' }, bar, left);
  const element = el(
    'li',
    { 'data-session': session.id },
    el('p', { class: 'row' }, el('strong', {}, session.login), el('code', {}, short(session.id)), state),
    facts,
    life,
    refusals,
    el('div', { class: 'row' }, explain.button, expire, end),
    explain.place,
  );
  const tick = () => {
    if (isOver) return false;
    const began = session.openedAt === undefined ? session.createdAt : session.activeAt;
    const rest = session.endsAt - clock.now();
    left.textContent = `${span(rest)} left`;
    bar.value = Math.min(1, Math.max(0, rest / (session.endsAt - began || 1)));
    return rest <= 0;
  };
  const update = (shown) => {
    session = shown;
    state.textContent = shown.state === 'token' ? 'token waiting' : 'open';
    state.dataset.kind = shown.state === 'token' ? 'waiting' : 'good';
    facts.textContent = `${shown.role}, bound to ${shown.address}, made ${shortTime(shown.createdAt, clock.now())}`;
    if (refusals.children.length !== shown.refusals.length)
      refusals.replaceChildren(
        ...shown.refusals.map(({ at, from, reason }) =>
          el('li', {}, `${shortTime(at, clock.now())}: turned away from ${from}: ${reason}`),
        ),
      );
    tick();
  };
  update(first);
  return {
    element,
    update,
    tick,
    end() {
      isOver = true;
      state.textContent = 'ended';
      state.dataset.kind = 'frozen';
      life.remove();
      expire.remove();
      end.remove();
    },
  };
}

/** A button that opens the life of a token, in sentences, anew each time. */
function explanation(idOf, which) {
  const place = el('div', { class: 'explanation', hidden: true });
  const opener = button(
    'Explain',
    async () => {
      const isOpen = opener.getAttribute('aria-expanded') === 'true';
      opener.setAttribute('aria-expanded', String(!isOpen));
      place.hidden = isOpen;
      if (!isOpen) place.replaceChildren(await lifeOf(idOf()));
    },
    which,
    { 'aria-expanded': 'false' },
  );
  return { button: opener, place };
}

const lifeOf = (token) =>
  get(`explain/${encodeURIComponent(token)}`).then(
    ({ sentences }) => el('ol', {}, ...sentences.map((sentence) => el('li', {}, sentence))),
    (error) => el('p', { class: 'message', 'data-kind': 'error' }, error.message),
  );

/** A form that explains whatever somebody has at hand. */
function anyToken() {
  const token = el('input', { required: true, spellcheck: 'false', autocomplete: 'off' });
  const place = el('div', { class: 'explanation', role: 'status' });
  return el(
    'details',
    {},
    el('summary', {}, 'Explain any token'),
    el(
      'form',
      {
        class: 'row',
        onsubmit: async (event) => {
          event.preventDefault();
          place.replaceChildren(await lifeOf(token.value));
        },
      },
      field('Token', token),
      el('button', { type: 'submit' }, 'Explain'),
    ),
    place,
  );
}
