import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const NO_HTTP = ['express', 'node:http', 'node:https', 'node:http2', '**/http/**'];

/** Forbids imports; a later block for the same file replaces an earlier one, so each names all it forbids. */
const never = (message, group) => ['error', { patterns: [{ group, message }] }];

/** The same for `import()`, which no-restricted-imports does not see. */
const neverLazily = (message, path) => ({ selector: `ImportExpression[source.value=/${path}/]`, message });

const INDEPENDENT = 'The emulator shares no code with what is tested against it.';
const BELOW = 'base/ is imported by both programs and imports neither.';
const NO_PROTOCOL_HTTP = 'The protocol does not know HTTP.';

const TO_SRC = neverLazily(INDEPENDENT, '\\/src\\/');
const TO_SERVER = neverLazily(INDEPENDENT, '\\/server\\/|^plesk-emulator(\\/|$)');
const TO_EITHER = neverLazily(BELOW, '\\/(src|server)\\/|^plesk-emulator(\\/|$)');
const TO_HTTP = neverLazily(NO_PROTOCOL_HTTP, '^express$|^(node:)?https?2?$|\\/http\\/');

const FORM = [
  { selector: 'TSEnumDeclaration', message: 'Use an object `as const satisfies`, or a union.' },
  { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
  { selector: 'ExportSpecifier[exported.name="default"]', message: 'Export by name.' },
];

const TIME = 'Time is an argument; it is read in base/ only.';
const CHANCE = 'Chance is an argument; it is made in base/ only.';
const SETTINGS = 'Settings are read once, in main.ts.';
const IMPURE = [
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: TIME },
  { selector: 'CallExpression[callee.name="Date"]', message: TIME },
  { selector: 'MemberExpression[object.name="Date"][property.name="now"]', message: TIME },
  { selector: 'MemberExpression[object.name="Math"][property.name="random"]', message: CHANCE },
  { selector: 'ImportSpecifier[imported.name=/^random(UUID|Bytes)$/]', message: CHANCE },
  {
    selector: 'MemberExpression[object.name=/crypto$/i][property.name=/^random(UUID|Bytes)$/]',
    message: CHANCE,
  },
  { selector: 'MemberExpression[object.name="process"][property.name="env"]', message: SETTINGS },
  { selector: 'VariableDeclarator[init.name="process"] Property[key.name="env"]', message: SETTINGS },
  {
    selector: 'ImportDeclaration[source.value=/^(node:)?process$/] ImportSpecifier[imported.name="env"]',
    message: SETTINGS,
  },
];

/** no-restricted-syntax for one part of the tree; as above, a later block replaces an earlier one. */
const syntax = (...selectors) => ({ 'no-restricted-syntax': ['error', ...FORM, ...selectors.flat()] });

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', '.vitest/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        ['console', 'fetch', 'performance', 'process', 'setInterval', 'setTimeout', 'URL'].map((name) => [
          name,
          'readonly',
        ]),
      ),
    },
  },
  {
    files: ['inspector/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'document',
          'EventSource',
          'location',
          'navigator',
          'requestAnimationFrame',
          'clearTimeout',
          'URLSearchParams',
        ].map((name) => [name, 'readonly']),
      ),
    },
    rules: syntax(),
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/strict-boolean-expressions': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
  {
    ignores: ['test/**', 'bench/**'],
    rules: { 'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }] },
  },
  {
    // One table of data.
    files: ['src/settings.ts'],
    rules: { 'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }] },
  },

  // Architecture: who may import whom, and where time, chance and settings come from.
  {
    files: ['server/**/*.ts'],
    rules: { 'no-restricted-imports': never(INDEPENDENT, ['**/src/**']), ...syntax(IMPURE, TO_SRC) },
  },
  {
    files: ['server/{protocol,operations,checkups,state,panel}/**/*.ts', 'server/agent.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: ['http', 'https', 'http2'].map((name) => ({ name, message: NO_PROTOCOL_HTTP })),
          patterns: [
            { group: NO_HTTP, message: NO_PROTOCOL_HTTP },
            { group: ['**/src/**'], message: INDEPENDENT },
          ],
        },
      ],
      ...syntax(IMPURE, TO_SRC, TO_HTTP),
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-imports': never(INDEPENDENT, ['**/server/**', 'plesk-emulator', 'plesk-emulator/**']),
      ...syntax(IMPURE, TO_SERVER),
    },
  },
  {
    files: ['base/**/*.ts'],
    rules: {
      'no-restricted-imports': never(BELOW, [
        '**/src/**',
        '**/server/**',
        'plesk-emulator',
        'plesk-emulator/**',
      ]),
      ...syntax(TO_EITHER),
    },
  },
  { files: ['server/main.ts'], rules: syntax(TO_SRC) },
  { files: ['src/main.ts'], rules: syntax(TO_SERVER) },
);
