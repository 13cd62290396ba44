import assert from 'node:assert/strict';

/** What an emulator has to do in real time, whatever a test has made of the timers of its process. */
export async function checkEmulator(startEmulator) {
  const plesk = await startEmulator();
  const send = () =>
    fetch(`${plesk.url}/enterprise/control/agent.php`, {
      method: 'POST',
      headers: { HTTP_AUTH_LOGIN: plesk.admin.login, HTTP_AUTH_PASSWD: plesk.admin.password },
      body: '<packet><server><get_protos/></server></packet>',
    }).then((response) => response.text());

  await assert.rejects(plesk.journal.waitFor('server/get', { timeout: 20 }), /waited 20 ms/);
  for (const fault of [
    { fault: 'delay', ms: 20 },
    { fault: 'delay', ms: 20, afterChange: true },
    { fault: 'slow', bytes: 200, ms: 5 },
  ]) {
    await plesk.faults.add({ ...fault, times: 1 });
    assert.match(await send(), /<proto>/);
  }
  await plesk.faults.add({ fault: 'reset', at: 'middle', times: 1 });
  await assert.rejects(send());
  assert.equal((await fetch(`${plesk.url}/`)).status, 200);
  assert.equal((await fetch(`${plesk.url}/nowhere`)).status, 404);

  await plesk.faults.add({ fault: 'hang' });
  const hanging = send().catch((error) => error);
  await plesk.journal.waitFor({ outcome: 'unanswered', after: 5 });
  await plesk.close();
  // Jest runs tests in a realm that has an Error of its own.
  assert.match(String(await hanging), /Error/);
}
