import { expect, it } from 'vitest';
import { PASSWORD_STRENGTHS } from '../../server/protocol/versions/release.ts';
import { RELEASE_NAMES } from '../../server/protocol/versions/releases.ts';
import { adding, filterBy, inCustomer, setting, startFamily, tell, textIn } from '../support/customers.ts';
import { post } from '../support/wire.ts';

type Level = (typeof PASSWORD_STRENGTHS)[number];

/**
 * Passwords with their points, by hand from plesk.com knowledge base 213912245: length 3, 6, 12 or 18; lower case 1;
 * upper case 5; a digit 5, three of them 5 more; a special one 5, two of them 5 more; both cases 2; letters and digits
 * 2; all three 2. Very weak below 15, weak below 25, medium below 35, strong below 45.
 */
const PASSWORDS: readonly (readonly [password: string, points: number, level: Level])[] = [
  ['a', 3 + 1, 'very-weak'],
  ['aaaa', 3 + 1, 'very-weak'],
  ['aaaaa', 6 + 1, 'very-weak'],
  ['aaaaaaa', 6 + 1, 'very-weak'],
  ['aaaaaaaa', 12 + 1, 'very-weak'],
  ['üüüüüüüü', 12, 'very-weak'],
  ['a1', 3 + 1 + 5 + 2, 'very-weak'],
  ['aaaaa1', 6 + 1 + 5 + 2, 'very-weak'],
  ['1111', 3 + 5 + 5, 'very-weak'],
  ['A1!', 3 + 5 + 5 + 5 + 2 + 2, 'weak'],
  ['aaaaaaaaaaaaaaaa', 18 + 1, 'weak'],
  ['11111', 6 + 5 + 5, 'weak'],
  ['aaaaaaa1', 12 + 1 + 5 + 2, 'weak'],
  ['simple-password', 12 + 1, 'very-weak'],
  ['customer_secret', 12 + 1 + 5, 'weak'],
  ['((((((((((((((((', 18, 'weak'],
  ['aaaaAAAA', 12 + 1 + 5 + 2, 'weak'],
  ['aaaa1111', 12 + 1 + 5 + 5 + 2, 'medium'],
  ['Aa1!', 3 + 1 + 5 + 5 + 5 + 2 + 2 + 2, 'medium'],
  ['aaaaAAA1', 12 + 1 + 5 + 5 + 2 + 2, 'medium'],
  ['AAAAAAA!1', 12 + 5 + 5 + 5 + 2 + 2, 'medium'],
  ['aaaaAAA1!', 12 + 1 + 5 + 5 + 5 + 2 + 2 + 2, 'medium'],
  ['aaaaAAA1!!', 12 + 1 + 5 + 5 + 5 + 5 + 2 + 2 + 2, 'strong'],
  ['Aa111!!', 6 + 1 + 5 + 5 + 5 + 5 + 5 + 2 + 2 + 2, 'strong'],
  ['customer1Q**', 12 + 1 + 5 + 5 + 5 + 5 + 2 + 2 + 2, 'strong'],
  ['aaaaAAA111!!', 12 + 1 + 5 + 5 + 5 + 5 + 5 + 2 + 2 + 2, 'strong'],
  ['aaaaaaaaaaaaAA1!!', 18 + 1 + 5 + 5 + 5 + 5 + 2 + 2 + 2, 'very-strong'],
  ['test-&amp;PWD*1@42!13#', 18 + 1 + 5 + 5 + 5 + 5 + 5 + 2 + 2 + 2, 'very-strong'],
];

it.each(PASSWORDS)('%s has %i points: it is %s, for add and for set', async (password, points, level) => {
  expect(levelOf(points)).toBe(level);
  const { plesk } = await startFamily({ credentialRules: 'any' });
  for (const wanted of PASSWORD_STRENGTHS) {
    await plesk.settings.set({ passwordStrength: wanted });
    const isEnough = PASSWORD_STRENGTHS.indexOf(level) >= PASSWORD_STRENGTHS.indexOf(wanted);

    const login = `of-${wanted}`;
    expect(await tell(plesk, adding({ login, passwd: password })), wanted).toEqual([
      isEnough ? expect.stringMatching(/^= \d+$/) : '1019',
    ]);
    expect(await tell(plesk, setting(filterBy('id', 4), { passwd: password })), wanted).toEqual([
      isEnough ? '4 = 4' : '4: 1019',
    ]);
  }
});

function levelOf(points: number): Level {
  if (points < 15) return 'very-weak';
  if (points < 25) return 'weak';
  if (points < 35) return 'medium';
  return points < 45 ? 'strong' : 'very-strong';
}

it.each([
  ['weak', 'Weak'],
  ['medium', 'Medium'],
  ['strong', 'Strong'],
  ['very-strong', 'Very Strong'],
] as const)('names the level %s as Plesk does, %s', async (passwordStrength, name) => {
  const { plesk } = await startFamily({ credentialRules: 'any', passwordStrength });

  const answer = await post(plesk, inCustomer(adding({ passwd: 'aaaa' })));

  expect(textIn(answer, 'errtext')).toBe(
    `Your password is not complex enough. According to the server policy, the minimal password strength is ${name}. To improve the password strength, use numbers, upper and lower-case characters, and special characters like !,@,#,$,%,^,&amp;,*,?,_,~`,
  );
});

it.each(RELEASE_NAMES)('wants on %s what the release wants', async (release) => {
  const { plesk } = await startFamily({ credentialRules: 'any', plesk: release });

  expect(await tell(plesk, adding({ passwd: 'simple-password' }))).toEqual([
    release === '18.0' ? '1019' : '= 8',
  ]);
});

it('asks for no new password of who has a weak one', async () => {
  const { plesk } = await startFamily({
    seed: { accounts: [{ login: 'carl', password: '12345', role: 'customer' }] },
  });

  expect(await tell(plesk, setting(filterBy('login', 'carl'), { city: 'B' }))).toEqual(['carl = 2']);
});
