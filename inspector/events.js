/** How long to wait before a new attempt where the browser makes none itself, in milliseconds. */
const AGAIN = 2000;

/**
 * Listens to the emulator for as long as the page is open. `onLive` is called each time that a connection begins; what
 * came meanwhile is to be asked for then.
 */
export function listen({ onLive, onLost, onEntry, onChanged }) {
  const source = new EventSource('events');
  source.addEventListener('open', onLive);
  source.addEventListener('entry', ({ data }) => onEntry(JSON.parse(data)));
  source.addEventListener('changed', ({ data }) => onChanged(JSON.parse(data).call));
  source.addEventListener('error', () => {
    onLost();
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(() => listen({ onLive, onLost, onEntry, onChanged }), AGAIN);
  });
}
