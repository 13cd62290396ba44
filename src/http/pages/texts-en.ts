import type { Texts } from './texts.ts';

export const ENGLISH: Texts = {
  confirm: {
    title: 'Log in to the control panel',
    text: 'One more step: press the button and you are logged in to your control panel. The link works only once.',
    button: 'Log in',
  },
  failed: {
    ended: {
      title: 'This link no longer works',
      happened: 'For your security, a login link works only once and only for a short time.',
      instead: 'Please request a new one in the client area.',
    },
    incomplete: {
      title: 'The address is incomplete',
      happened: 'A part of the login link is missing, or it was changed when it was copied.',
      instead: 'Please copy the whole link, or request a new one in the client area.',
    },
    underWay: {
      title: 'Your login is already under way',
      happened: 'The same link is being opened in another window or tab.',
      again: 'If the control panel does not appear there, please try again.',
      instead: 'If the control panel does not appear there, please request a new link in the client area.',
    },
    unconfirmed: {
      title: 'Please press the button once more',
      happened: 'Your confirmation could not be matched to this browser, so nobody was logged in.',
      again:
        'Try again and press the button on the next page. If that does not help, allow cookies for this page.',
      instead:
        'Please request a new link in the client area. If that does not help, allow cookies for this page.',
    },
    otherNetwork: {
      title: 'This link is meant for another network',
      happened:
        'For your security, it opens only from the network it was issued for. You are using another connection at the moment, perhaps another Wi-Fi, mobile data, a VPN or a proxy.',
      again: 'Please switch back and try again, or request a new link in the client area.',
      instead: 'Please request a new link in the client area over the connection you are using now.',
    },
    otherBrowser: {
      title: 'This link was made for another browser',
      happened:
        'For your security the link works only in the browser in which you pressed the button in the client area.',
      instead:
        'Please go back to the client area in the browser that you want to use, and log in from there.',
    },
    notVisited: {
      title: 'Please open the link yourself',
      happened: 'The link was only loaded in advance or inside another page, so nobody was logged in.',
      again: 'Try again to open it now.',
      instead: 'Please request a new link in the client area.',
    },
    account: {
      title: 'Login is not possible for this account',
      happened: 'This account cannot be logged in to the control panel automatically at the moment.',
      again: 'Please contact our support. If they have just cleared this up for you, try again.',
      instead: 'Please contact our support and quote the reference number at the bottom of this page.',
    },
    tooMany: {
      title: 'Too many attempts',
      happened: 'Too many login links were opened from your connection in a short time.',
      again:
        'Please try again a little later. If the link has expired by then, request a new one in the client area.',
      instead: 'Please wait a moment and then request a new link in the client area.',
    },
    panelAway: {
      title: 'The control panel is not responding',
      happened: 'It is not available at the moment. You have done nothing wrong.',
      again:
        'Your link still works for a short time, so please try again. After that, request a new one in the client area.',
      instead: 'Please wait a few minutes and then request a new link in the client area.',
    },
    setup: {
      title: 'The login did not work',
      happened: 'Something on our side has to be put right before you can be logged in.',
      again:
        'You can try again. If it still does not work, please contact our support and quote the reference number at the bottom of this page.',
      instead: 'Please contact our support and quote the reference number at the bottom of this page.',
    },
    service: {
      title: 'The login is not available right now',
      happened: 'There is a problem with our login service. You have done nothing wrong.',
      again:
        'Please try again in a moment. If it still does not work, request a new link in the client area.',
      instead: 'Please wait a moment and then request a new link in the client area.',
    },
    nothingHere: {
      title: 'Page not found',
      happened: 'There is nothing at this address, or it is no longer there.',
      instead: 'Please continue in the client area.',
    },
    general: {
      title: 'That did not work',
      happened: 'Your request could not be carried out.',
      again:
        'You can try again. If it still does not work, please contact our support and quote the reference number at the bottom of this page.',
      instead:
        'Please request a new link in the client area. If that does not help, contact our support and quote the reference number at the bottom of this page.',
    },
  },
  notAccepted: {
    title: 'You are not logged in to the control panel',
    why: 'The control panel did not accept the login. The most common reason: it sees your device under another address than our login service does, for example because of a VPN, a proxy, or a connection that uses IPv4 and IPv6 side by side.',
    advice: [
      'Turn off VPN and proxy for the login, or try another network.',
      'Then request a new link in the client area and open it at once.',
      'If it happens again, please contact our support.',
    ],
    otherwise:
      'Did you just log out, or were you away for a while? Then everything is fine: your session in the control panel has ended.',
  },
  about: {
    title: 'Login service',
    text: 'This service opens login links from the client area and logs you in to your control panel. There is nothing else to see at this address.',
    afterLink:
      'Did you just open a login link? Then the control panel did not accept the login: please request a new link in the client area.',
    afterLogout: 'Did you just log out? Then everything is fine.',
  },
  preview: {
    title: 'Login link',
    text: 'This is a personal login link. Open it in a browser to log in.',
  },
  tryAgain: 'Try again',
  back: 'Back to the client area',
  wait: (seconds) =>
    `Please wait ${seconds}\u00a0${seconds === 1 ? 'second' : 'seconds'} before you try again.`,
  reference: 'Reference number for support:',
};
