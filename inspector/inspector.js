import { activity } from './activity.js';
import { get } from './api.js';
import { clock } from './clock.js';
import { soon } from './dom.js';
import { listen } from './events.js';
import { faults } from './faults.js';
import { header } from './header.js';
import { sessions } from './sessions.js';
import { state } from './state.js';

/** Calls after which the journal does not hold any more what it held. */
const FORGETTING = ['reset', 'restore', 'rollback', 'journal.clear'];

const head = header();
const time = clock();
const lives = sessions(time);
const rules = faults();
const keeping = state();
const stream = activity();

const ignore = () => undefined;
/** What an answer cannot be had of is asked for again when the connection is back. */
const refreshSoon = soon(() => {
  time.refresh().catch(ignore);
  lives.refresh().catch(ignore);
  rules.refresh().catch(rules.showError);
}, 200);

let startedAt;

async function catchUp() {
  const [health, { last }] = await Promise.all([get('health'), get('journal/counts?after=0')]);
  const isAnother = startedAt !== undefined && startedAt !== health.startedAt;
  if (isAnother || stream.latest() > last) startAnew();
  startedAt = health.startedAt;
  await Promise.all([head.refresh(), time.refresh(), keeping.refresh(), stream.refresh()]);
  await lives.refresh();
  await rules.refresh().catch(rules.showError);
}

function startAnew() {
  stream.clear();
  lives.forgetEnded();
}

listen({
  onLive() {
    head.show('live');
    catchUp().catch(() => head.show('lost'));
  },
  onLost: () => head.show('lost'),
  onEntry(entry) {
    for (const { name } of entry.operations ?? []) rules.offer(name);
    stream.add(entry);
    refreshSoon();
  },
  onChanged(call) {
    if (FORGETTING.includes(call)) {
      stream.clear();
      if (call !== 'journal.clear') lives.forgetEnded();
      stream.refresh().catch(ignore);
    }
    if (call === 'settings.set' || FORGETTING.includes(call)) head.refresh().catch(ignore);
    if (call.startsWith('snapshot') || FORGETTING.includes(call)) keeping.refresh().catch(ignore);
    refreshSoon();
  },
});

setInterval(() => {
  time.draw();
  if (lives.tick()) refreshSoon();
}, 1000);
