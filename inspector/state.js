import { call, get, post } from './api.js';
import { button, el, field, messages } from './dom.js';
import { many } from './words.js';

/** Snapshots of everything, and the way back to the seed. */
export function state() {
  const message = messages();
  const list = el('ul', { class: 'snapshots' });
  const name = el('input', { required: true, autocomplete: 'off' });

  const refresh = async () => {
    const { names } = await get('snapshots');
    list.replaceChildren(...names.map((one) => snapshotRow(one, message, refresh)));
  };
  document.querySelector('#state').append(
    el('h2', { id: 'state-title' }, 'State'),
    el(
      'form',
      {
        class: 'row',
        onsubmit: (event) => {
          event.preventDefault();
          message.attempt(async () => {
            await call('PUT', `snapshots/${encodeURIComponent(name.value)}`);
            await refresh();
            return `Kept as ${name.value}`;
          });
        },
      },
      field('Snapshot', name),
      el('button', { type: 'submit' }, 'Take'),
    ),
    list,
    resetPart(message),
    message.place,
  );
  return { refresh };
}

function snapshotRow(name, message, refresh) {
  const path = `snapshots/${encodeURIComponent(name)}`;
  const act = (work, text) => () =>
    message.attempt(async () => {
      await work();
      await refresh();
      return text;
    });
  return el(
    'li',
    { class: 'row' },
    el('strong', {}, name),
    button(
      'Restore',
      act(() => post(`${path}/restore`), `Restored ${name}`),
      `snapshot ${name}`,
    ),
    button(
      'Remove',
      act(() => call('DELETE', path), `Removed ${name}`),
      `snapshot ${name}`,
    ),
  );
}

/** Reset wants a second click, and says before what is lost. */
function resetPart(message) {
  const loss = el('p', {});
  const confirm = button('Reset now', () => {
    close();
    message.attempt(async () => {
      await post('reset');
      return 'Back at the seed';
    });
  });
  const keep = button('Keep everything', () => close());
  const question = el(
    'div',
    { class: 'question', role: 'group', 'aria-label': 'Reset', hidden: true },
    loss,
    el('div', { class: 'row' }, confirm, keep),
  );
  const open = button(
    'Reset…',
    () =>
      message.attempt(async () => {
        loss.textContent = await whatIsLost();
        question.hidden = false;
        open.setAttribute('aria-expanded', 'true');
        confirm.focus();
      }),
    '',
    { 'aria-expanded': 'false' },
  );
  const close = () => {
    question.hidden = true;
    open.setAttribute('aria-expanded', 'false');
    open.focus();
  };
  question.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') close();
  });
  return el('div', {}, open, question);
}

async function whatIsLost() {
  const [sessions, { held }, faults] = await Promise.all([
    get('sessions'),
    get('journal/counts?after=0'),
    get('faults').catch(() => []),
  ]);
  const lost = [
    many(sessions.length, 'session'),
    many(faults.length, 'fault'),
    many(held, 'journal entry', 'journal entries'),
  ];
  return `Lost: ${lost.join(', ')}, and every change to accounts, keys and settings since the seed.`;
}
