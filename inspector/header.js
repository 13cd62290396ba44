import { get } from './api.js';

/** The head of the page: which emulator this is, and whether it is there. */
export function header() {
  const what = document.querySelector('#what');
  const connection = document.querySelector('#connection');
  return {
    async refresh() {
      const { release, title, packetVersion, version } = await get('emulator');
      document.title = `plesk-emulator: ${title}`;
      what.textContent = `${version} · plays ${title} (release ${release}, packets ${packetVersion}) · ${location.origin}`;
    },
    /** `live` or `lost`. */
    show(state) {
      connection.dataset.state = state;
      connection.textContent = state === 'live' ? 'live' : 'lost, reconnecting';
    },
  };
}
