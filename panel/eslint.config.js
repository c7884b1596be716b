import js from '@eslint/js';
import ts from 'typescript-eslint';

const markup = ['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'write', 'writeln'];

export default ts.config(
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  ...ts.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { project: './tsconfig.json' } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // What comes from an engine is text: nothing here may read it as markup.
      'no-restricted-properties': [
        'error',
        ...markup.map(property => ({ property, message: 'Text is text, never markup.' }))
      ]
    }
  }
);
