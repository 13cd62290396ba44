import { ask, WrongAnswer } from './load.ts';
import type { Case } from './wire.ts';
import { get, makeTokens } from './wire.ts';

const DOOR = '/enterprise/rsession_init.php?PLESKSESSID=';
const TOKEN_AT = `GET ${DOOR}`.length;

/** `GET /enterprise/rsession_init.php` with a token that nobody has used. */
export const REDIRECT: Case = {
  name: 'rsession_init',
  aim: 0.4,
  requests: async (count, emulator) => {
    const tokens = await makeTokens(count, emulator);
    return tokens.map((token) =>
      get(`${DOOR}${token}&success_redirect_url=%2Fadmin%2Fcustomer%2Flist`, emulator.ready),
    );
  },
  check: (answer, request, { ready }) => {
    if (!answer.startsWith('HTTP/1.1 303 ')) return 'the status is not 303';
    if (!answer.includes(`\r\nLocation: http://127.0.0.1:${ready.port}/admin/customer/list\r\n`)) {
      return 'it leads elsewhere';
    }
    const token = request.toString('latin1', TOKEN_AT, TOKEN_AT + 32);
    return answer.includes(`=${token}; `) ? undefined : 'there is no cookie with the token';
  },
};

const COOKIE = /\r\nSet-Cookie: (PLESKSESSID\w*=[\da-f]{32});/;

/** `POST /login_up.php` with the administrator's login and password; each makes a session. */
export const LOGIN: Case = {
  name: 'login',
  requests: (count, { ready }) => {
    const { login, password } = ready.admin ?? { login: '', password: '' };
    const fields = { login_name: login, passwd: password, success_redirect_url: '/admin/customer/list' };
    const body = new URLSearchParams(fields).toString();
    const request = Buffer.from(
      `POST /login_up.php HTTP/1.1\r\nHost: 127.0.0.1:${ready.port}\r\nAccept: */*\r\n` +
        `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    return Promise.resolve(new Array<Buffer>(count).fill(request));
  },
  check: (answer) => {
    if (!answer.startsWith('HTTP/1.1 303 ')) return 'the status is not 303';
    if (!answer.includes('/admin/customer/list\r\n')) return 'it leads elsewhere';
    return COOKIE.test(answer) ? undefined : 'there is no cookie';
  },
};

/** `GET /smb/web/view` in a session of the administrator's. */
export const PANEL_PAGE: Case = {
  name: 'panel page',
  requests: async (count, emulator) => {
    const { ready } = emulator;
    const [token = ''] = await makeTokens(1, emulator);
    const answer = await ask(ready.port, get(`${DOOR}${token}`, ready));
    const cookie = COOKIE.exec(answer)?.[1];
    if (cookie === undefined) throw new WrongAnswer('no cookie came', answer);
    return new Array<Buffer>(count).fill(get('/smb/web/view', ready, `Cookie: ${cookie}\r\n`));
  },
  check: (answer) => {
    if (!answer.startsWith('HTTP/1.1 200 ')) return 'the status is not 200';
    return answer.includes(' data-plesk-page="panel"') ? undefined : 'it is another page';
  },
};
