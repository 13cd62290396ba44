import { call, get, post } from './api.js';
import { button, el, field, messages } from './dom.js';
import { FAULT_KINDS, faultInWords } from './fault-kinds.js';

/** The rules of when Plesk goes wrong: make them, see them fire, remove them. */
export function faults() {
  const message = messages();
  const list = el('ul', { class: 'faults' });
  const none = el('p', { class: 'quiet' }, 'None: Plesk goes as it should.');
  const count = el('span', { class: 'count' });
  const operations = el('datalist', { id: 'operations' });
  const rows = new Map();

  const refresh = async () => {
    const rules = await get('faults');
    const ids = new Set(rules.map(({ id }) => id));
    for (const [id, row] of rows) {
      if (ids.has(id)) continue;
      row.element.remove();
      rows.delete(id);
    }
    for (const rule of rules) {
      if (!rows.has(rule.id)) {
        rows.set(rule.id, faultRow(rule, message, refresh));
        list.append(rows.get(rule.id).element);
      }
      rows.get(rule.id).update(rule);
    }
    count.textContent = String(rules.length);
    none.hidden = rules.length > 0;
  };
  document.querySelector('#faults').append(
    el('h2', { id: 'faults-title' }, 'Faults ', count),
    none,
    list,
    el(
      'details',
      {},
      el('summary', {}, 'Make a fault'),
      form((rule) =>
        message.attempt(async () => {
          const made = await post('faults', rule);
          await refresh();
          return `Made fault ${made.id}`;
        }),
      ),
    ),
    message.place,
    operations,
  );
  return {
    refresh,
    /** Offers the name of an operation that came. */
    offer(name) {
      if ([...operations.children].some(({ value }) => value === name)) return;
      operations.append(el('option', { value: name }));
    },
    showError: (error) => message.attempt(() => Promise.reject(error)),
  };
}

function faultRow(first, message, refresh) {
  const counts = el('span', { class: 'quiet' });
  const remove = button(
    'Remove',
    () =>
      message.attempt(async () => {
        await call('DELETE', `faults/${encodeURIComponent(first.id)}`);
        await refresh();
        return `Removed fault ${first.id}`;
      }),
    `fault ${first.id}`,
  );
  const { id, fault } = first;
  return {
    element: el(
      'li',
      {},
      el('p', { class: 'row' }, el('strong', {}, fault), el('code', {}, id), counts, remove),
      el('p', { class: 'quiet' }, faultInWords(first)),
    ),
    update({ seen, fired }) {
      counts.textContent = `seen ${seen}, fired ${fired}`;
    },
  };
}

/** The form of a new rule; what is left empty is no condition. */
function form(make) {
  const own = el('div', { class: 'fields' });
  const kind = el(
    'select',
    { onchange: () => showOwn() },
    ...Object.entries(FAULT_KINDS).map(([name, { says }]) =>
      el('option', { value: name }, `${name}: ${says}`),
    ),
  );
  const when = {
    operation: el('input', { name: 'operation', list: 'operations', placeholder: 'server/create_session' }),
    login: el('input', { name: 'login' }),
    peer: el('input', { name: 'peer' }),
    path: el('input', { name: 'path' }),
    times: el('input', { name: 'times', type: 'number', min: '1' }),
    after: el('input', { name: 'after', type: 'number', min: '0' }),
  };
  const afterChange = el('input', { name: 'afterChange', type: 'checkbox' });
  const words = {
    operation: 'Operation',
    login: 'Login',
    peer: 'Address of the client',
    path: 'Path',
    times: 'Times at most',
    after: 'Let pass before',
  };
  const showOwn = () => own.replaceChildren(...FAULT_KINDS[kind.value].fields.map(ownField));
  showOwn();
  return el(
    'form',
    {
      onsubmit: (event) => {
        event.preventDefault();
        const inputs = [...event.target.querySelectorAll('[name]')].filter((one) => one.type !== 'checkbox');
        const given = inputs.filter(({ value }) => value !== '');
        make({
          fault: kind.value,
          ...Object.fromEntries(
            given.map((one) => [one.name, one.type === 'number' ? Number(one.value) : one.value]),
          ),
          ...(afterChange.checked ? { afterChange: true } : {}),
        });
      },
    },
    field('What goes wrong', kind),
    own,
    el('div', { class: 'fields' }, ...Object.entries(when).map(([name, input]) => field(words[name], input))),
    el('label', { class: 'check' }, afterChange, ' after the change was made'),
    el('button', { type: 'submit' }, 'Make the fault'),
  );
}

function ownField({ name, label, type, options, isRequired }) {
  const input =
    options === undefined
      ? el('input', { name, type, required: isRequired })
      : el('select', { name }, ...options.map((option) => el('option', {}, option)));
  return field(label, input);
}
