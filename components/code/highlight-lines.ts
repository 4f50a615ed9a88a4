import { createCssVariablesTheme, createHighlighterCore } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";

interface CodePiece {
  text: string;
  /** Text colour class of the theme, or null for plain text. */
  ink: string | null;
}

/** Names people write after a fence, by the grammar that reads them. */
const LANGUAGES = {
  yaml: "yaml", yml: "yaml", json: "json", jsonc: "json", ts: "typescript", typescript: "typescript", js: "typescript", javascript: "typescript",
  sh: "shellscript", bash: "shellscript", shell: "shellscript", console: "shellscript", toml: "toml", python: "python", py: "python", rust: "rust", rs: "rust",
} as const;

/** The kinds of token that get a colour; everything else stays plain. */
const INK: Readonly<Record<string, string>> = {
  "token-keyword": "text-violet-ink",
  "token-string": "text-green-ink",
  "token-string-expression": "text-green-ink",
  "token-constant": "text-blue-ink",
  "token-function": "text-amber-ink",
  "token-parameter": "text-grey-12",
  "token-comment": "text-grey-10",
  "token-link": "text-blue-ink",
};

/** Longer texts are shown plain: colouring them costs more than it tells. */
const MOST_CHARACTERS = 60_000;

const theme = createCssVariablesTheme({ name: "tokens", variablePrefix: "--code-" });
let loaded: ReturnType<typeof load> | null = null;

function load() {
  return createHighlighterCore({
    themes: [theme],
    langs: [
      import("shiki/langs/yaml.mjs"), import("shiki/langs/json.mjs"), import("shiki/langs/typescript.mjs"), import("shiki/langs/shellscript.mjs"),
      import("shiki/langs/toml.mjs"), import("shiki/langs/python.mjs"), import("shiki/langs/rust.mjs"),
    ],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
}

/** Splits code into lines of coloured pieces; an unknown language or a very long text stays plain. */
export async function highlightLines(code: string, language: string | null): Promise<readonly (readonly CodePiece[])[]> {
  const grammar = language === null ? undefined : (LANGUAGES as Readonly<Record<string, string>>)[language.toLowerCase()];
  if (grammar === undefined || code.length > MOST_CHARACTERS) return code.split("\n").map((line) => [{ text: line, ink: null }]);
  loaded ??= load();
  const { tokens } = (await loaded).codeToTokens(code, { lang: grammar, theme: "tokens" });
  return tokens.map((line) => line.map((token) => ({ text: token.content, ink: inkOf(token.color) })));
}

function inkOf(color: string | undefined): string | null {
  const name = /--code-([a-z-]+)/.exec(color ?? "")?.[1];
  return name === undefined ? null : (INK[name] ?? null);
}
