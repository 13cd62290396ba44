/** Does a call of the control; throws an Error with the emulator's own words where it says no. */
export async function call(method, path, input) {
  const sent =
    input === undefined
      ? { method }
      : { method, body: JSON.stringify(input), headers: { 'Content-Type': 'application/json' } };
  const response = await fetch(path, sent).catch(() => {
    throw new Error('The emulator does not answer.');
  });
  if (response.status === 204) return undefined;
  const answer = await response.json().catch(() => ({ error: `HTTP ${response.status} without JSON` }));
  if (!response.ok) throw new Error((answer.mistakes ?? [answer.error]).join('; '));
  return answer;
}

export const get = (path) => call('GET', path);
export const post = (path, input = {}) => call('POST', path, input);
