import type { Role } from '../../state/account.ts';
import type { LoginMessage } from '../login-up.ts';

/** What the pages say in one language. */
export interface Texts {
  readonly language: string;
  readonly logIn: string;
  readonly logOut: string;
  readonly username: string;
  readonly password: string;
  readonly interfaceLanguage: string;
  readonly standard: string;
  readonly error: string;
  readonly loggedInAs: (login: string) => string;
  readonly user: string;
  readonly role: string;
  readonly release: string;
  readonly page: string;
  readonly localeName: string;
  readonly session: string;
  readonly since: string;
  readonly address: string;
  readonly back: string;
  readonly notFound: string;
  readonly forged: string;
  readonly roles: Readonly<Record<Role, string>>;
  readonly places: Readonly<Record<Place, string>>;
  readonly messages: Readonly<Record<LoginMessage, string>>;
  readonly contact: {
    readonly title: string;
    readonly why: string;
    readonly email: string;
    readonly phone: string;
    readonly save: string;
  };
  readonly double: string;
}

/** A page that the navigation leads to. */
export type Place = 'home' | 'customers' | 'domains' | 'websites' | 'mail';

const ENGLISH: Texts = {
  language: 'en',
  logIn: 'Log in',
  logOut: 'Log out',
  username: 'Username',
  password: 'Password',
  interfaceLanguage: 'Interface language',
  standard: 'Default',
  error: 'Error',
  loggedInAs: (login) => `Logged in as ${login}`,
  user: 'User',
  role: 'Role',
  release: 'Release',
  page: 'Page',
  localeName: 'Language',
  session: 'Session',
  since: 'Logged in at',
  address: 'From',
  back: 'Back',
  notFound: 'Page not found',
  forged: 'The form has no valid forgery_protection_token',
  roles: { admin: 'Administrator', reseller: 'Reseller', customer: 'Customer' },
  places: { home: 'Home', customers: 'Customers', domains: 'Domains', websites: 'Websites', mail: 'Mail' },
  messages: {
    wrong: 'You have entered incorrect username or password.',
    suspended: 'Your account is suspended.',
    locked: 'Your account is locked after too many failed attempts. Try again later.',
    multiple: 'The administrator is logged in already.',
  },
  contact: {
    title: 'Contact information',
    why: 'Your account lacks this. Enter it to go on.',
    email: 'Email address',
    phone: 'Phone number',
    save: 'Save',
  },
  double: 'plesk-emulator: a test double, no Plesk product',
};

const GERMAN: Texts = {
  language: 'de',
  logIn: 'Anmelden',
  logOut: 'Abmelden',
  username: 'Benutzername',
  password: 'Passwort',
  interfaceLanguage: 'Sprache der Benutzeroberfläche',
  standard: 'Standard',
  error: 'Fehler',
  loggedInAs: (login) => `Angemeldet als ${login}`,
  user: 'Benutzer',
  role: 'Rolle',
  release: 'Version',
  page: 'Seite',
  localeName: 'Sprache',
  session: 'Sitzung',
  since: 'Angemeldet um',
  address: 'Von',
  back: 'Zurück',
  notFound: 'Seite nicht gefunden',
  forged: 'Dem Formular fehlt ein gültiges forgery_protection_token',
  roles: { admin: 'Administrator', reseller: 'Reseller', customer: 'Kunde' },
  places: { home: 'Start', customers: 'Kunden', domains: 'Domains', websites: 'Websites', mail: 'E-Mail' },
  messages: {
    wrong: 'Benutzername oder Passwort ist falsch.',
    suspended: 'Ihr Konto ist gesperrt.',
    locked: 'Ihr Konto ist nach zu vielen Fehlversuchen vorübergehend gesperrt.',
    multiple: 'Der Administrator ist bereits angemeldet.',
  },
  contact: {
    title: 'Kontaktdaten',
    why: 'Diese Angaben fehlen in Ihrem Konto. Tragen Sie sie ein, um fortzufahren.',
    email: 'E-Mail-Adresse',
    phone: 'Telefonnummer',
    save: 'Speichern',
  },
  double: 'plesk-emulator: ein Testersatz, kein Produkt von Plesk',
};

/** The pages' words in the language of a locale, English where there are none. */
export const textsOf = (locale: string): Texts => (locale.startsWith('de') ? GERMAN : ENGLISH);
