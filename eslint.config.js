// House rules that a reader could not check by eye. Boundaries between modules live in .dependency-cruiser.cjs; the two
// that are repeated here give their message in the editor. Every house rule has a planted violation below
// tests/architecture/planted: a rule added here without one fails tests/architecture/planted.test.ts.
import { relative, sep } from "node:path";
import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

const BANNED_NAME = /^(utils?|helpers?|common|misc|managers?)$/;

/** A path segment such as `utils` or `date-helpers` says nothing about what is inside. */
const meaningfulNames = {
  meta: { type: "problem", schema: [], messages: { banned: "`{{segment}}` names no thing of the field: say what is inside" } },
  create(context) {
    return {
      Program(node) {
        const words = relative(context.cwd, context.filename).split(sep).flatMap((segment) => segment.replace(/\..*$/, "").split("-"));
        const segment = words.find((word) => BANNED_NAME.test(word));
        if (segment) context.report({ node, messageId: "banned", data: { segment } });
      },
    };
  },
};

/** A module's exports are listed by name, so that a reader and knip see each of them. */
const namedReexports = {
  meta: { type: "problem", schema: [], messages: { all: "list the exports by name" } },
  create: (context) => ({ ExportAllDeclaration: (node) => context.report({ node, messageId: "all" }) }),
};

/** A test runs against the real thing. */
const realModules = {
  meta: { type: "problem", schema: [], messages: { mocked: "run the real module instead of replacing it" } },
  create: (context) => ({
    'CallExpression[callee.object.name=/^(vi|vitest)$/][callee.property.name=/^(mock|doMock)$/]': (node) => context.report({ node, messageId: "mocked" }),
  }),
};

const MODULE_INTERNALS = {
  regex: "^#lib/[^/]+/(?!(index|schema|jobs)\\.ts$)",
  message: "Only a module's index.ts, schema.ts and jobs.ts are reached from outside.",
};

const SOURCE = ["app/**", "components/**", "lib/**", "packages/**", "web/**", "worker/**", "scripts/**", "examples/**", "bench/**", "*.ts"];

/** Has no types for the checker to use: plain JavaScript, and the examples, which are compiled by nobody but their host. */
const UNTYPED = ["**/*.{js,mjs,cjs}", "examples/**"];

export default defineConfig(
  {
    ignores: [
      "**/node_modules/**",
      "**/.next/**",
      ".cache/**",
      ".data/**",
      "next-env.d.ts",
      "lib/platform/db/generated/**",
      "packages/host/dist/**",
      "tests/vectors/**",
      "tests/architecture/planted/**",
      "test-results/**",
    ],
  },
  {
    files: ["**/*.{ts,tsx,js,mjs,cjs}"],
    plugins: {
      "@typescript-eslint": tseslint.plugin,
      house: { rules: { "meaningful-names": meaningfulNames, "named-reexports": namedReexports, "real-modules": realModules } },
    },
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } },
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: "off" },
    rules: {
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-restricted-imports": ["error", { patterns: [MODULE_INTERNALS] }],
      "house/meaningful-names": "error",
      "house/named-reexports": "error",
      "house/real-modules": "error",
      "@typescript-eslint/ban-ts-comment": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_", caughtErrorsIgnorePattern: "^_", destructuredArrayIgnorePattern: "^_", ignoreRestSiblings: true }],
    },
  },
  { files: SOURCE, rules: { "max-lines": ["error", { max: 300 }] } },
  {
    files: ["app/**/*.tsx", "components/**"],
    plugins: { "react-hooks": reactHooks },
    rules: { ...reactHooks.configs.recommended.rules, "react-hooks/exhaustive-deps": "error" },
  },
  {
    // The handler of a form or a button may be asynchronous: form actions are so by design.
    files: ["**/*.tsx"],
    rules: { "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }] },
  },
  {
    files: ["components/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ regex: "^#lib/[^/]+/(?!schema\\.ts$)|^#(scripts|web|worker|tests)/|^@kosmarket/(?!kit(/suggest-slug)?$)", message: "Components see components, a module's schema.ts and @kosmarket/kit." }] },
      ],
    },
  },
  { files: ["tests/**"], rules: { "no-restricted-imports": "off" } },
  {
    files: UNTYPED,
    languageOptions: { parserOptions: { projectService: false } },
    rules: {
      "@typescript-eslint/no-floating-promises": "off",
      "@typescript-eslint/no-misused-promises": "off",
    },
  },
);
