import { toJsxRuntime } from "hast-util-to-jsx-runtime";
import type { Components } from "hast-util-to-jsx-runtime";
import { Fragment, jsx, jsxs } from "react/jsx-runtime";
import rehypeRaw from "rehype-raw";
import rehypeSanitize from "rehype-sanitize";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import { CodeLines } from "#components/code/code-lines.tsx";
import { README_ALLOWED } from "#components/listing/readme-allowed.ts";

const PROCESSOR = unified().use(remarkParse).use(remarkGfm).use(remarkRehype, { allowDangerousHtml: true }).use(rehypeRaw).use(rehypeSanitize, README_ALLOWED).freeze();

/** Elements of a publisher's text as this page draws them: its headings begin one level down. */
const COMPONENTS: Partial<Components> = {
  h1: (props) => <h2>{props.children}</h2>,
  h2: (props) => <h3>{props.children}</h3>,
  h3: (props) => <h4>{props.children}</h4>,
  h4: (props) => <h5>{props.children}</h5>,
  h5: (props) => <h6>{props.children}</h6>,
  a: (props) => (
    <a href={props.href} rel="nofollow ugc noreferrer">
      {props.children}
    </a>
  ),
  // Pictures of other hosts would tell them who reads this page; the policy blocks them, so a link stands there.
  img: (props) =>
    typeof props.src === "string" ? (
      <a href={props.src} rel="nofollow ugc noreferrer">
        Picture: {props.alt || props.src}
      </a>
    ) : (
      <span>{props.alt}</span>
    ),
  pre: (props) => <pre tabIndex={0}>{props.children}</pre>,
  code: (props) => {
    const language = /^language-(.+)$/.exec(props.className ?? "")?.[1] ?? null;
    return <code>{language !== null && typeof props.children === "string" ? <CodeLines code={props.children} language={language} /> : props.children}</code>;
  },
  table: (props) => (
    <div className="overflow-x-auto" role="region" aria-label="Table of the README" tabIndex={0}>
      <table>{props.children}</table>
    </div>
  ),
  input: (props) => <input type="checkbox" disabled checked={props.checked === true} readOnly aria-label={props.checked === true ? "done" : "open"} />,
};

/** Longer or deeper texts cost the parser seconds, and every reader would pay them: they are shown as they were typed. */
const MOST_CHARACTERS = 100_000;
const DEEP_LINE = /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t])|\[\^[^\]\n]{1,99}\]:)){21}/m;
const MOST_LEVELS = 100;

type Tree = ReturnType<typeof PROCESSOR.runSync>;

/** What was parsed last: a text that is slow to parse is parsed once, not for every reader. */
const parsed = new Map<string, Tree | null>();
const MOST_PARSED = 64;

/** The text as a tree of allowed elements; null where it is too long or too deep to be drawn. */
function parseReadme(text: string): Tree | null {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const tree = text.length > MOST_CHARACTERS || DEEP_LINE.test(text) ? null : parseOnce(text);
  const oldest = parsed.keys().next();
  if (parsed.size >= MOST_PARSED && oldest.done !== true) parsed.delete(oldest.value);
  parsed.set(text, tree);
  return tree;
}

function parseOnce(text: string): Tree | null {
  try {
    const tree = PROCESSOR.runSync(PROCESSOR.parse(text));
    return levels(tree) > MOST_LEVELS ? null : tree;
  } catch (error) {
    // The parser's own recursion ended: deeper than anything that a person wrote.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function levels(root: Tree): number {
  let deepest = 0;
  const open: { node: { children?: unknown[] }; level: number }[] = [{ node: root, level: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    deepest = Math.max(deepest, next.level);
    for (const child of next.node.children ?? []) open.push({ node: child as { children?: unknown[] }, level: next.level + 1 });
  }
  return deepest;
}

/** A publisher's README: Markdown with HTML, reduced to a written list of harmless elements. A first heading that only repeats `name` is left out. */
export function Readme({ text, name }: { text: string; name: string }) {
  const tree = parseReadme(withoutTitle(text, name));
  if (tree === null) return <pre tabIndex={0} className="overflow-x-auto whitespace-pre-wrap">{text.slice(0, MOST_CHARACTERS)}</pre>;
  return <div className="readme max-w-prose">{toJsxRuntime(tree, { Fragment, jsx, jsxs, components: COMPONENTS })}</div>;
}

/** Drops a leading `# Name` line that says what the page's own heading says already. */
function withoutTitle(text: string, name: string): string {
  const [, title, rest] = /^\s*# +([^\n]+?) *#* *\r?\n([\s\S]*)$/.exec(text) ?? [];
  return title !== undefined && rest !== undefined && title.toLowerCase() === name.toLowerCase() ? rest : text;
}
