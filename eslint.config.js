import vue from 'eslint-plugin-vue'
import ts from 'typescript-eslint'
import prettier from 'eslint-config-prettier'

export default ts.config(
  { ignores: ['client/dist/**', 'node_modules/**'] },
  ts.configs.strict,
  ts.configs.stylistic,
  vue.configs['flat/recommended'],
  {
    // the same for every file, otherwise types are recomputed at each switch between scripts and components
    languageOptions: {
      parserOptions: { projectService: true, extraFileExtensions: ['.vue'], tsconfigRootDir: import.meta.dirname },
    },
  },
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        // a default case would hide that a union has grown
        {
          allowDefaultCaseForExhaustiveSwitch: false,
          requireDefaultForNonUnion: false,
          considerDefaultExhaustiveForUnions: false,
        },
      ],
      'no-console': ['error', { allow: ['warn', 'error'] }],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme'] }],
      'max-lines': ['error', { max: 400 }],
      'vue/multi-word-component-names': 'off',
      // the policy that Vue makes for its own templates would let it through
      'vue/no-v-html': 'error',
      'vue/no-restricted-v-bind': ['error', 'innerHTML', 'srcdoc', '/^v-/'],
      'vue/require-default-prop': 'off',
    },
  },
  {
    files: ['**/*.js'],
    ...ts.configs.disableTypeChecked,
  },
  {
    files: [
      'server/main.ts',
      'server/tools/**',
      'test/run.ts',
      'test/bench/**',
      'test/fault/run.ts',
      'test/support/**',
      'scripts/**',
    ],
    rules: { 'no-console': 'off' },
  },
  prettier,
)
